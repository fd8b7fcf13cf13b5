import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { onCore } from './measure.ts'

/** A server under test: where it is, and which id and path its calls need. */
export type Target = {
  name: string
  origin: string
  /** The ids of the functions `add` and `touch`. */
  ids: Record<'add' | 'touch', string>
  stop: () => void
}

const production = { ...process.env, NODE_ENV: 'production' }
const command = path.resolve('bin/volley.js')
const app = path.resolve('bench/app')

/** Builds the app and serves it with `volley start`. */
export async function startVolley(): Promise<Target> {
  const built = spawnSync(process.execPath, [command, 'build', app], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The app does not build:\n${built.stdout}${built.stderr}`)
  const listed = spawnSync(process.execPath, [command, 'functions', app, '--json'], {
    encoding: 'utf8',
  })
  const functions = JSON.parse(listed.stdout) as { name: string; id: string }[]
  const idOf = (name: string) => functions.find((one) => one.name === name)?.id ?? ''
  const port = await freePort()
  return {
    name: 'Volley',
    ids: { add: idOf('add'), touch: idOf('touch') },
    ...(await serve([command, 'start', app, '--port', String(port)])),
  }
}

/** The same page straight from React's Flight server. */
export async function startBare(): Promise<Target> {
  const port = await freePort()
  const script = path.resolve('bench/bare/server.ts')
  return {
    name: 'bare Flight',
    ids: { add: 'aaaaaaaaaaaaaaaaaaaaaa2', touch: 'tttttttttttttttttttttt1' },
    ...(await serve(['--conditions=react-server', script, String(port)])),
  }
}

function serve(args: string[]): Promise<Pick<Target, 'origin' | 'stop'>> {
  const [program, all] = onCore(0, args)
  const child = spawn(program, all, { env: production, stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const origin = /^http:\/\/localhost:\d+$/m.exec(printed)?.[0]
      if (origin) resolve({ origin, stop: () => stop(child) })
    })
    child.once('exit', (code) => reject(new Error(`Ended with code ${code}:\n${printed}`)))
  })
}

function stop(child: ChildProcess): void {
  child.kill('SIGTERM')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, 'localhost', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
