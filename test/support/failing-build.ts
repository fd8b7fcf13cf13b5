import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { runCli } from './cli.ts'

/** What a build prints that must not succeed. Its errors are for the app's author, not for us. */
export async function failingBuild(root: string): Promise<string> {
  const build = runCli(['build', root])
  expect(await build.exited).not.toBe(0)
  const output = build.output()
  expect(output).not.toContain('dist/compiler')
  return output
}

/** The number of the first line of a file that begins with a text. */
export function lineOf(file: string, text: string): number {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.findIndex((line) => line.trimStart().startsWith(text.trimStart())) + 1
}
