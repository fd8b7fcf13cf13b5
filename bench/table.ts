/** Prints a table in Markdown. Numbers stand at the right. */
export function printTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const align = columns.map((_, i) => (rows.every((row) => isNumeric(row[i])) ? '--:' : '---'))
  for (const row of [columns, align, ...rows]) console.log(`| ${row.join(' | ')} |`)
  console.log()
}

/** With as many digits as mean something. */
export function shown(value: number): string {
  if (Number.isInteger(value) || value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function isNumeric(value: string | number | undefined): boolean {
  return typeof value === 'number' || /^[\d.,]+%?$/.test(value ?? '')
}
