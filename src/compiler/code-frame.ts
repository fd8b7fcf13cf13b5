/** A place in a text: offsets of its first character and of the one behind its last. */
export type Span = { start: number; end: number }

/** Both counted from 1, as editors do. */
export type Position = { line: number; column: number }

export function positionAt(code: string, offset: number): Position {
  const before = code.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

/**
 * The lines around a place, with carets under the part of it that is on its first line:
 *
 *       2 |
 *     > 3 | export const pageSize = 20
 *         |              ^^^^^^^^
 */
export function codeFrame(code: string, { start, end }: Span): string {
  const { line, column } = positionAt(code, start)
  const lines = code.split('\n').map((text) => text.replace(/\r$/, ''))
  const first = Math.max(1, line - 2)
  const last = Math.min(lines.length, line + 2)
  const width = String(last).length
  const frame: string[] = []
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? ''
    const mark = number === line ? '>' : ' '
    frame.push(`${mark} ${String(number).padStart(width)} | ${text}`.trimEnd())
    if (number !== line) continue
    const carets = Math.max(1, Math.min(end - start, text.length - column + 1))
    // Tabs stay tabs, so that the carets stand where the text does, however wide a tab is shown.
    const indent = text.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')
    frame.push(`  ${' '.repeat(width)} | ${indent}${'^'.repeat(carets)}`)
  }
  return frame.join('\n')
}
