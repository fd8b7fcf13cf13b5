type Html = { __html: string }

/** The text of an inline script; `null` for one that has a `src`. */
export function inlineText(
  html: Html | undefined,
  children: string | string[] | undefined,
): string | null {
  const { __html: text = children } = html ?? {}
  return text === undefined ? null : [text].flat().join('')
}
