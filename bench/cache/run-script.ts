import { spawnSync } from 'node:child_process'
import path from 'node:path'

const flags = ['--expose-gc', '--conditions=react-server', '--disable-warning=ExperimentalWarning']

/** Runs a script of this folder in a process of its own, as a server's, and gives what it printed as JSON. */
export function runScript(script: string, ...args: (string | number)[]): unknown {
  const file = path.resolve('bench/cache', script)
  const { status, stdout } = spawnSync(process.execPath, [...flags, file, ...args.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${script} has ended with ${status}`)
  return JSON.parse(stdout)
}
