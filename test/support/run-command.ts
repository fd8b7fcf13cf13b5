import { spawnSync } from 'node:child_process'
import { cleanEnvironment } from './cli.ts'

/** Runs a program to its end and gives its standard output; throws with all it printed. */
export function runCommand(directory: string, program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: directory,
    encoding: 'utf8',
    env: cleanEnvironment(),
  })
  if (status === 0) return stdout
  throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
}
