import type { Page } from '@playwright/test'

/** What is wrong with the current document: elements or attributes that only content could have made. */
export function contentProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = []
    for (const element of document.querySelectorAll('*')) {
      const handlers = element.getAttributeNames().filter((name) => name.startsWith('on'))
      if (handlers.length > 0) problems.push(`<${element.localName}> has ${handlers.join()}`)
    }
    // What people write is in <bdi> and is only text; a message may have the elements of its markup.
    const markup = 'p, strong, em, s, code, pre, blockquote, ul, ol, li, a, bdi'
    for (const element of document.querySelectorAll(`bdi *, .markup :not(${markup})`)) {
      if (!element.matches('.markup a')) problems.push(`<${element.localName}> in content`)
    }
    const never = 'script, iframe, object, embed, style, link, base, meta, img, video, audio, math'
    for (const element of document.querySelectorAll(`#root :is(${never})`))
      problems.push(`<${element.localName}>`)
    for (const { protocol, rel, target, href } of document.querySelectorAll<HTMLAnchorElement>(
      'bdi a, .markup a',
    )) {
      if (!['http:', 'https:', 'mailto:'].includes(protocol)) problems.push(href)
      if (rel !== 'noopener noreferrer nofollow') problems.push(`${href} has rel ${rel}`)
      if (target !== '_blank') problems.push(`${href} opens in ${target}`)
    }
    for (const pane of document.querySelectorAll('html, nav, [role=log], header')) {
      if (pane.scrollWidth <= pane.clientWidth) continue
      const { right } = pane.getBoundingClientRect()
      const wide = [...pane.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > right)
        .map((element) => `${element.localName}.${element.getAttribute('class') ?? ''}`)
      problems.push(`${pane.localName} scrolls sideways: ${wide.join(', ')}`)
    }
    return problems
  })
}

/** Those of these texts that are beside other words without being isolated from them. */
export function unisolated(page: Page, texts: readonly string[]): Promise<string[]> {
  return page.evaluate((texts) => {
    const known = new Set(texts)
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!known.has(node.textContent ?? '')) continue
      const parent = node.parentElement
      if (parent?.closest('[aria-hidden], textarea')) continue
      if (parent && getComputedStyle(parent).unicodeBidi.startsWith('isolate')) continue
      found.push(`${parent?.localName}: ${node.textContent}`)
    }
    // In a label or title it is alone, or leaves nothing open that changes the direction.
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder]')) {
      for (const name of ['title', 'aria-label', 'placeholder']) {
        const value = element.getAttribute(name) ?? ''
        if (known.has(value)) continue
        const turns = /[\u202A-\u202E\u2066\u2067]/u.test(value)
        if (turns) found.push(`${name}: ${value}`)
      }
    }
    return found
  }, texts)
}
