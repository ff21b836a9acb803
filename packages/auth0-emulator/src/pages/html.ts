const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup that is already safe; all other values in a template are escaped. */
export interface Html {
  markup: string
}

export function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const rendered = values.map(render)
  return { markup: strings.map((part, index) => part + (rendered[index] ?? '')).join('') }
}

export function safe(markup: string): Html {
  return { markup }
}

function render(value: string | Html | Html[]): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
  if (Array.isArray(value)) return value.map((item) => item.markup).join('')
  return value.markup
}
