import { spawn, type ChildProcessByStdio } from 'node:child_process'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { noteRunning } from './running.ts'

const repository = path.resolve('.')

export type Environment = Record<string, string | undefined>

export type Command = {
  child: ChildProcessByStdio<null, Readable, Readable>
  /** What it has printed so far. */
  stdout: () => string
  stderr: () => string
  /** Both streams, in the order in which they were written. */
  output: () => string
  /** Resolves with the exit code; `null` when a signal ended it. */
  exited: Promise<number | null>
}

export type CliOptions = {
  environment?: Environment | undefined
  /** Where `volley` is installed, if it is not this repository that should run. */
  package?: string | undefined
}

/** Runs the built `volley` command as a user's shell would: without vitest's own variables. */
export function runCli(args: readonly string[], options: CliOptions = {}): Command {
  const { environment = {}, package: directory = repository } = options
  const main = path.join(directory, 'bin/volley.js')
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), ...environment },
  })
  const ended = noteRunning(child.pid!)
  const printed: { stream: 'stdout' | 'stderr'; text: string }[] = []
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => printed.push({ stream, text }))
  }
  const textOf = (stream?: 'stdout' | 'stderr') =>
    printed
      .filter((one) => stream === undefined || one.stream === stream)
      .map(({ text }) => text)
      .join('')
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      ended()
      resolve(code)
    })
  })
  return {
    child,
    stdout: () => textOf('stdout'),
    stderr: () => textOf('stderr'),
    output: () => textOf(),
    exited,
  }
}

export function cleanEnvironment(): Environment {
  const vitests = /^(VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !vitests.test(name))),
    NO_COLOR: '1',
  }
}
