let now = 0

/** Counts what happens in this tab, so that of any two events it is known which came first. */
export function tick(): number {
  return ++now
}
