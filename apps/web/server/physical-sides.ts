const CLASS =
  /(?<![\w-])-?(?:[mp][lr]|scroll-[mp][lr]|border-[lr]|rounded-(?:[lr]|[tb][lr])|text-(?:left|right)|float-(?:left|right)|clear-(?:left|right))(?=-[\w[(]|["'`\s!])|(?<![\w-])-?(?:left|right)-[\w[(]/
const PROPERTY =
  /^\s*(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)\b[\w-]*:|:\s*(?:left|right)\s*;/
const STRING = /'[^'\n]*'|"[^"\n]*"|`[^`]*`/g

/** Classes and properties that do not turn with the direction of the page, with the line that has them. */
export function physicalSides(code: string): string[] {
  return code.split('\n').flatMap((line, index) => {
    const classes = [...line.matchAll(STRING)].map(([string]) => CLASS.exec(string)?.[0])
    const found = [...classes, PROPERTY.exec(line)?.[0]].find((one) => one !== undefined)
    return found === undefined ? [] : [`${index + 1}: ${found.trim()}`]
  })
}
