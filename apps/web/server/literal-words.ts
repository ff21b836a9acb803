import { parseSync, type ESTree } from 'vite'

/** Words that are not in the catalogue, with the line that has them: the test of that name reads every file of the web. */
export function literalWords(code: string): string[] {
  const found: string[] = []
  walk(parseSync('file.tsx', code).program, [])
  return found

  function walk(node: Node, above: readonly Node[]): void {
    const text = textOf(node)
    if (text !== undefined && isForPeople(text, node, above)) {
      found.push(`${code.slice(0, node.start).split('\n').length}: ${text.trim()}`)
    }
    for (const [key, value] of Object.entries(node)) {
      if (UNREAD.has(key)) continue
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) walk(child, [node, ...above])
      }
    }
  }
}

type Node = ESTree.Node

/** Types, and where a module comes from. */
const UNREAD = new Set([
  'typeAnnotation',
  'typeArguments',
  'returnType',
  'typeParameters',
  'source',
])
const TYPES = /^TS(?!AsExpression|SatisfiesExpression|NonNullExpression)/

/** What is read aloud or shown, whatever the element is. */
const SPOKEN =
  /^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|detail)$/

/** A key of the keyboard, a header, an event's name: compared, and not shown. */
const COMPARED = new Set(['BinaryExpression', 'SwitchCase'])
const FOR_DEVELOPERS = /^(?:console\.\w+|\w*Error)$/
const SELECTS = /^(?:matches|closest|querySelector|querySelectorAll)$/

function isForPeople(text: string, node: Node, above: readonly Node[]): boolean {
  if (!/\p{L}/u.test(text) || NAMES.test(text.trim()) || above.some(({ type }) => TYPES.test(type)))
    return false
  if (node.type === 'JSXText') return true
  if (above.some((one) => isCallFor(one, FOR_DEVELOPERS) || isSelection(one))) return false
  const [parent] = above
  if (parent && COMPARED.has(parent.type)) return false
  if (parent?.type === 'Property' && (parent.key === node || isNamed(parent, 'key'))) return false
  if (parent?.type === 'MemberExpression') return false
  const attribute = above.find(({ type }) => type === 'JSXAttribute')
  if (attribute?.type === 'JSXAttribute') {
    const name = nameOf(attribute)
    const isArgument = above.slice(0, above.indexOf(attribute)).some(isCall)
    if (SPOKEN.test(name) && !isArgument) return true
    if (/^(?:className|style|rel|d|viewBox|key|data-.*)$/.test(name)) return false
  } else if (isChild(above)) return true
  return LIKE_A_SENTENCE.test(text.trim())
}

function isNamed({ key }: { key: Node }, name: string): boolean {
  return key.type === 'Identifier' && key.name === name
}

function nameOf({ name }: ESTree.JSXAttribute): string {
  return name.type === 'JSXIdentifier' ? name.name : name.name.name
}

/** Names that are the same in every language, and those of keys in `KeyboardEvent`. */
const NAMES =
  /^(?:Enter|Escape|Delete|Plus|Key|Conclave|Edge|Opera|Samsung Internet|Firefox|Chrome|Safari|Android|Windows|Mac|Linux)$/

/** Begins as a name or a sentence does, or is two plain words with a sentence's mark between or after them. */
const LIKE_A_SENTENCE =
  /^\p{Lu}\p{Ll}+(?:$|[\s,.:?’]|$)|^\p{Lu} \p{Ll}|^\p{Ll}+(?:'s|,)? (?:\p{L}+[ ,.'’]+)*\p{L}+\.?$/u

/** `{'…'}` and `{isThis ? '…' : '…'}` between two tags. */
function isChild(above: readonly Node[]): boolean {
  const rest = above.slice(above.findIndex(({ type }) => !SHOWN_THROUGH.has(type)))
  const [container, element] = rest
  return (
    container?.type === 'JSXExpressionContainer' &&
    /^JSX(Element|Fragment)$/.test(element?.type ?? '')
  )
}

const SHOWN_THROUGH = new Set(['ConditionalExpression', 'LogicalExpression', 'TemplateLiteral'])

function isCall(node: Node): node is ESTree.CallExpression | ESTree.NewExpression {
  return node.type === 'CallExpression' || node.type === 'NewExpression'
}

function isSelection(node: Node): boolean {
  if (!isCall(node) || node.callee.type !== 'MemberExpression') return false
  return node.callee.property.type === 'Identifier' && SELECTS.test(node.callee.property.name)
}

function isCallFor(node: Node, names: RegExp): boolean {
  if (!isCall(node)) return false
  const { callee } = node
  if (callee.type === 'Identifier') return names.test(callee.name)
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false
  return (
    callee.property.type === 'Identifier' &&
    names.test(`${callee.object.name}.${callee.property.name}`)
  )
}

function textOf(node: Node): string | undefined {
  if (node.type === 'JSXText') return node.value
  if (node.type === 'TemplateElement') return node.value.raw
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
