import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** One empty file for each process that this run has started, named by its id. */
const directory = path.resolve('test/.apps/running')

/** Notes a process; the function that is returned notes its end. */
export function noteRunning(pid: number): () => void {
  const file = path.join(directory, String(pid))
  mkdirSync(directory, { recursive: true })
  writeFileSync(file, '')
  return () => rmSync(file, { force: true })
}

/** At the start of a run: the ids of an earlier run may belong to other processes by now. */
export function forgetRunning(): void {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
}

/** At the end of a run: ends what is still running of it. */
export function killRunning(): void {
  for (const pid of readdirSync(directory)) {
    try {
      process.kill(Number(pid), 'SIGTERM')
    } catch {
      // It ended in the meantime.
    }
  }
  forgetRunning()
}
