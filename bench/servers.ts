import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { onCore } from './measure.ts'
import { processorTime } from './processor-time.ts'
import { freePort } from './targets/free-port.ts'

/** A server under test: where it is, and which id and path its calls need. */
export type Target = {
  name: string
  origin: string
  /** The id of a function, by its name. */
  idOf: (name: string) => string
  /** What the server has worked so far, in microseconds. */
  processorTime: () => number
  stop: () => void
}

const production = { ...process.env, NODE_ENV: 'production' }
const command = path.resolve('bin/volley.js')
const app = path.resolve('bench/app')

/** Builds the app and serves it with `volley start`, in this environment. */
export async function startVolley(environment: NodeJS.ProcessEnv = {}): Promise<Target> {
  const built = spawnSync(process.execPath, [command, 'build', app], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The app does not build:\n${built.stdout}${built.stderr}`)
  const listed = spawnSync(process.execPath, [command, 'functions', app, '--json'], {
    encoding: 'utf8',
  })
  const functions = JSON.parse(listed.stdout) as { name: string; id: string }[]
  const port = await freePort()
  return {
    name: 'Volley',
    idOf: (name) => functions.find((one) => one.name === name)?.id ?? '',
    ...(await serve([command, 'start', app, '--port', String(port)], environment)),
  }
}

function serve(
  args: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Omit<Target, 'name' | 'idOf'>> {
  const [program, all] = onCore(0, args)
  const child = spawn(program, all, {
    env: { ...production, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const origin = /^http:\/\/localhost:\d+$/m.exec(printed)?.[0]
      if (origin) {
        resolve({
          origin,
          processorTime: () => processorTime(child.pid),
          stop: () => stop(child),
        })
      }
    })
    child.once('exit', (code) => reject(new Error(`Ended with code ${code}:\n${printed}`)))
  })
}

function stop(child: ChildProcess): void {
  child.kill('SIGTERM')
}
