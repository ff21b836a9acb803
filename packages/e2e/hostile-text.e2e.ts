import { messages, say, sees, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

const HOSTILE: [name: string, text: string][] = [
  ['a script', '<script>document.title="owned"</script>'],
  ['an event handler', '<svg onload=document.title="owned">'],
  ['a javascript link', 'javascript:document.title="owned"'],
  ['a template', '{{constructor.constructor("document.title=1")()}}'],
  ['right-to-left overrides', '\u202Egnp.exe\u202C then plain'],
  ['zalgo', `Z${'\u0335\u0321\u034D'.repeat(60)}algo`],
  ['one very long word', 'w'.repeat(2_000)],
  ['markdown that opens and never closes', '**_`[](<'],
]

for (const [name, text] of HOSTILE) {
  test(`${name} is text, and breaks nothing around it`, async ({ alice, bob }) => {
    const neighbour = something('The line after')
    await say(alice, text)
    await say(alice, neighbour)
    await sees(bob, neighbour)
    await expect(messages(bob).getByText(text, { exact: true }).first()).toBeAttached()
    expect(await bob.title()).not.toContain('owned')
    const overflow = await bob.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
}
