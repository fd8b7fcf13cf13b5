type Row = readonly (string | number)[]

/** A table in Markdown. Numbers stand at the right. */
export function tableOf(columns: readonly string[], rows: readonly Row[]): string {
  const align = columns.map((_, i) => (rows.every((row) => isNumeric(row[i])) ? '--:' : '---'))
  return [columns, align, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

export function printTable(columns: readonly string[], rows: readonly Row[]): void {
  console.log(`${tableOf(columns, rows)}\n`)
}

/** With as many digits as mean something. */
export function shown(value: number): string {
  if (Number.isInteger(value) || value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function isNumeric(value: string | number | undefined): boolean {
  return typeof value === 'number' || /^([\d.,]+%?|–)$/.test(value ?? '')
}
