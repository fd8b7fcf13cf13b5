import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { refuseClientErrors } from '../adapters/client-error.ts'
import { createClientFiles } from '../adapters/client-files.ts'
import { createJsonLog } from '../adapters/json-log.ts'
import { createNodeListener, type NodeListener } from '../adapters/node.ts'
import { trackAnswers } from '../adapters/open-answers.ts'
import type { boot, BootedServer } from '../entry/rsc.ts'
import { loadEnvFiles } from '../secret/env-files.ts'
import { otherIds } from '../secret/function-list.ts'
import { loadKeyRing, type KeyRing } from '../secret/key-ring.ts'
import { allowedOriginsOf } from '../server/allowed-origins.ts'
import type { Log } from '../server/log.ts'
import { connectRedis } from '../store/redis-connection.ts'
import type { Address } from './arguments.ts'
import { readBuild, requireKey, type BuildOutput } from './build-output.ts'
import { collectWhenIdle } from './idle-collection.ts'
import { portInUse } from './port-in-use.ts'
import { drainOnSignal } from './stop-signal.ts'
import { logStrayErrors, outliveLogs } from './stray-errors.ts'

/** Serves what `volley build` made. */
export async function start(root: string, address: Address): Promise<void> {
  for (const flag of garbageCollection) setFlagsFromString(flag)
  loadEnvFiles(root, 'production')
  const build = readBuild(root)
  const secrets = requireKey(build.functions, loadKeyRing(root, process.env))
  const log = createJsonLog((line) => process.stderr.write(line))
  const app = await bootApp({ build, secrets, log }).catch(endSoon)
  const files = createClientFiles(build.client, app.files)
  const server = createHttpServer(files, createNodeListener(app.handler))
  const answers = trackAnswers(server)
  refuseClientErrors(server, { log, answers })
  drainOnSignal(server, { app: app.lifecycle, answers })
  collectWhenIdle(answers)
  const port = await listen(server, address)
  console.log(`http://localhost:${port}`)
}

const garbageCollection = [
  // V8 learns which code makes objects that stay, and has it make them where only full collections
  // look. Nothing of a rendering stays, but what is under way during a few quick ones looks like it;
  // from then on each page kept others alive, and collecting them took a quarter of the time.
  '--no-allocation-site-pretenuring',
  // A full collection delays what comes meanwhile by tens of milliseconds. It may wait until the heap
  // has doubled; by itself V8 collects a small one when it has grown by 8 MB.
  '--heap-growing-percent=100',
]

/** What the app's instrumentation has started, and Redis, would keep the process alive. */
function endSoon(error: unknown): never {
  setTimeout(() => process.exit(), 1_000).unref()
  throw error
}

type Boot = { build: BuildOutput; secrets: KeyRing; log: Log }

async function bootApp({ build, secrets, log }: Boot): Promise<BootedServer> {
  // Stack traces in the log name the app's own files and lines.
  process.setSourceMapsEnabled(true)
  const entry = (await import(pathToFileURL(build.entry).href)) as { boot: typeof boot }
  logStrayErrors(process, log)
  outliveLogs([process.stdout, process.stderr])
  const url = process.env['REDIS_URL']
  return entry.boot({
    secrets,
    otherIds: otherIds(build.functions, secrets),
    ...(url ? { redis: await connectRedis(url) } : {}),
    allowedOrigins: allowedOriginsOf(process.env),
    log,
  })
}

/** In milliseconds. Who sends slowly must not keep others from being served. */
const timeouts = {
  headersTimeout: 10_000,
  /** For the whole request, its body included. */
  requestTimeout: 30_000,
  /** Between two requests of a connection. */
  keepAliveTimeout: 5_000,
  /** How often the first two are looked after. */
  connectionsCheckingInterval: 1_000,
}

function createHttpServer(files: NodeListener, listener: NodeListener): Server {
  const server = createServer(timeouts, (request, response) => {
    files(request, response, () => listener(request, response))
  })
  server.maxRequestsPerSocket = 100_000
  return server
}

/** Resolves to the port once connections are accepted. */
function listen(server: Server, { port, host }: Address): Promise<number> {
  const wanted = port ?? 3000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portInUse(wanted) : error)
    })
    server.listen({ port: wanted, ...(host === null ? {} : { host }) }, () => {
      const bound = server.address()
      resolve(isAddressInfo(bound) ? bound.port : wanted)
    })
  })
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
