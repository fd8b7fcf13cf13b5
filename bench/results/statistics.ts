export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/**
 * The middle of the quotients of passes that ran next to each other: a machine that was slow for a
 * while was so for both.
 */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  if (above.length !== below.length) return median(above) / median(below)
  return median(above.map((value, pass) => value / (below[pass] ?? Number.NaN)))
}
