import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runCli, type CliOptions, type Command } from './cli.ts'
import { buildFixture, copyFixture } from './fixture.ts'
import { freePort } from './free-port.ts'

export const modes = ['dev', 'start'] as const
export type Mode = (typeof modes)[number]

/** A fixture app that runs as a child process, and what a test may do with it. */
export type App = {
  mode: Mode
  /** The directory of the running copy. */
  root: string
  /** `http://localhost:PORT`, as the command printed it. */
  origin: string
  port: number
  pid: number
  isRunning: () => boolean
  /** Everything the app has printed so far, on both streams. */
  output: () => string
  /** A GET, unless `init` says otherwise; redirects are not followed. */
  fetch(target: string, init?: RequestInit): Promise<Response>
  /** Changes a file of the running copy; `change` gets its text. */
  edit(file: string, change: (text: string) => string): void
  stop(): Promise<number | null>
}

export type ServeOptions = CliOptions & {
  /** A port of the test's own choice. */
  port?: number
}

export type AppOptions = ServeOptions & {
  /** A name for the copy, where a test needs one of its own. */
  copy?: string
}

export async function startApp(
  fixture: string,
  mode: Mode,
  options: AppOptions = {},
): Promise<App> {
  const root =
    mode === 'start' && !options.copy
      ? await buildFixture(fixture)
      : copyFixture(fixture, options.copy ?? `${fixture}-dev`)
  return serve(root, mode, options)
}

/** Runs `volley dev` or `volley start` in a directory that is ready for it. */
export async function serve(root: string, mode: Mode, options: ServeOptions = {}): Promise<App> {
  const port = options.port ?? (await freePort())
  const command = runCli([mode, root, '--port', String(port)], options)
  const origin = await addressOf(command)
  return {
    mode,
    root,
    origin,
    port,
    pid: command.child.pid!,
    isRunning: () => command.child.exitCode === null && command.child.signalCode === null,
    output: command.output,
    fetch: (target, init) => fetch(new URL(target, origin), { redirect: 'manual', ...init }),
    edit(file, change) {
      const absolute = path.join(root, file)
      writeFileSync(absolute, change(readFileSync(absolute, 'utf8')))
    },
    async stop() {
      const timer = setTimeout(() => command.child.kill('SIGKILL'), 5_000)
      command.child.kill('SIGTERM')
      const code = await command.exited
      clearTimeout(timer)
      return code
    },
  }
}

/** Waits for the line on which the command prints its address. */
function addressOf(command: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const printed = command.output
    const timer = setTimeout(() => {
      command.child.kill('SIGKILL')
      reject(new Error(`No address within 60 s:\n${printed()}`))
    }, 60_000)
    const look = () => {
      const address = /^http:\/\/localhost:\d+$/m.exec(command.stdout())
      if (!address) return
      clearTimeout(timer)
      resolve(address[0])
    }
    command.child.stdout.on('data', look)
    const giveUp = (code: number | null) => {
      clearTimeout(timer)
      reject(new Error(`Ended with code ${code} before it served:\n${printed()}`))
    }
    void command.exited.then(giveUp)
  })
}
