import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { Load as Rounds, Sample } from './load/generate.ts'

/** With a body it is posted; without one it is a GET. */
export type Load = { url: string; headers: Record<string, string>; body?: string; seconds: number }

const hasTwoCores =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0

/** The command that runs `node` on one core: the server on the first, the load on the second. */
export function onCore(core: 0 | 1, args: readonly string[]): [program: string, args: string[]] {
  const node = [process.execPath, ...args]
  return hasTwoCores ? ['taskset', ['-c', String(core), ...node]] : [process.execPath, [...args]]
}

/** Ten connections send the same request for some seconds. Throws unless every answer was a 200. */
export function measure({ url, headers, body, seconds }: Load): Sample {
  const { port, pathname, search } = new URL(url)
  const content = body === undefined ? {} : { body: Buffer.from(body).toString('base64') }
  const method = body === undefined ? 'GET' : 'POST'
  const step = { method, path: pathname + search, headers, ...content }
  const [program, args] = generator({ port: Number(port), steps: [step], seconds })
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return requireAnswers(url, sampleOf(url, { stdout, stderr }))
}

/** One pass of load, while this process goes on reading what the servers print. */
export function runLoad(name: string, load: Rounds): Promise<Sample> {
  const [program, args] = generator(load)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      try {
        resolve(sampleOf(name, { stdout, stderr }))
      } catch (error) {
        reject(error)
      }
    })
  })
}

function generator(load: Rounds): [program: string, args: string[]] {
  return onCore(1, [path.resolve('bench/load/main.ts'), JSON.stringify(load)])
}

function sampleOf(name: string, { stdout, stderr }: { stdout: string; stderr: string }): Sample {
  if (stdout === '') throw new Error(`${name}: the load has failed:\n${stderr}`)
  return JSON.parse(stdout) as Sample
}

/** A busy machine makes a server late, which may then refuse some. More than a few are too many. */
export function isMeasured({ requests, refused }: Sample): boolean {
  return requests > 0 && refused * 20 <= requests
}

export function requireAnswers(name: string, sample: Sample): Sample {
  if (isMeasured(sample)) return sample
  const { requests, refused } = sample
  throw new Error(`${name}: ${requests} requests were answered, and ${refused} refused with a 503`)
}
