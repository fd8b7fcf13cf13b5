/** How a kept text begins: one of plain values, or one of Flight. */
export const plainMark = 'p'
export const flightMark = 'f'

/**
 * Whether a text holds elements or server functions, which only the build that made it can read: it
 * knows them by ids of its own.
 */
export function isOfBuild(text: string): boolean {
  return text.startsWith(flightMark) || holdsFunctions(text)
}

/** Whether a text of plain values holds server functions. No string in it can look so: it is JSON. */
export function holdsFunctions(text: string): boolean {
  return text.includes('{"$f":[')
}

/**
 * The ids of the server functions in a text of Flight: `"$h1"` stands for one, `1:{"id":"…"` says which.
 * React looks up those in late rows when nobody can be told any more.
 */
export function functionsIn(flight: string): string[] {
  const rows = new Set(Array.from(flight.matchAll(/"\$h([0-9a-f]+)"/g), ([, row]) => row))
  if (rows.size === 0) return []
  const ids = flight.matchAll(/(?:^|\n)([0-9a-f]+):\{"id":"([^"\\]{1,128})"/g)
  return Array.from(ids).flatMap(([, row, id = '']) => (rows.has(row) ? [id] : []))
}
