import { readFileSync } from 'node:fs'

/** Linux counts it in hundredths of a second. */
const tick = 10_000

/**
 * How long a process has worked so far, in microseconds: what it costs, also on a machine that does
 * other things meanwhile. `NaN` where the system does not tell.
 */
export function processorTime(pid: number | undefined): number {
  try {
    // The name, in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * tick
  } catch {
    return Number.NaN
  }
}
