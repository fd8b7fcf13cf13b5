import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { forgetRunning, killRunning } from '../support/running.ts'

/** The tests drive the built command: builds it unless it is newer than every source file. */
export function setup(): void {
  forgetRunning()
  const built = 'dist/cli/main.js'
  if (existsSync(built) && statSync(built).mtimeMs > newest('src')) return
  const { status, stdout } = spawnSync('npm', ['run', '-s', 'build'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The framework does not build:\n${stdout}`)
}

/** vitest ends its worker without ceremony: the apps that it shares among tests are still there. */
export function teardown(): void {
  killRunning()
}

function newest(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
  return Math.max(...files.map((file) => statSync(path.join(file.parentPath, file.name)).mtimeMs))
}
