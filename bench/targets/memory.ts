import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** In megabytes, of all processes of a server. `NaN` where the system does not tell. */
export type Memory = {
  resident: () => number
  /** The most that was resident since the last time that it was forgotten. */
  peak: () => number
  forgetPeak: () => void
}

export function createMemory(group: number): Memory {
  return {
    resident: () => sumOf(group, 'VmRSS'),
    peak: () => sumOf(group, 'VmHWM'),
    forgetPeak() {
      for (const pid of processesOf(group)) writeFileSync(`/proc/${pid}/clear_refs`, '5')
    },
  }
}

function sumOf(group: number, field: 'VmRSS' | 'VmHWM'): number {
  const pattern = new RegExp(`${field}:\\s+(\\d+) kB`)
  const sizes = processesOf(group).map((pid) =>
    Number(pattern.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
  )
  if (sizes.length === 0) return Number.NaN
  return sizes.reduce((total, size) => total + size) / 1024
}

function processesOf(group: number): string[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return all.filter((pid) => groupOf(pid) === group)
}

function groupOf(pid: string): number {
  try {
    // The name, in parentheses, may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[2])
  } catch {
    // It has ended meanwhile.
    return Number.NaN
  }
}
