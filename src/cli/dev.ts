import { createServer } from 'vite'
import { createConsoleLog } from '../adapters/console-log.ts'
import { findAppDirectory } from '../vite/app-directory.ts'
import type { Address } from './arguments.ts'
import { portInUse } from './port-in-use.ts'
import { logStrayErrors, outliveLogs } from './stray-errors.ts'
import { requirePlugin, viteConfig } from './vite-config.ts'

/** Runs the app and follows its changes. */
export async function dev(root: string, { port, host }: Address): Promise<void> {
  findAppDirectory(root)
  logStrayErrors(process, createConsoleLog({ showsCalls: true }))
  outliveLogs([process.stdout, process.stderr])
  const server = await createServer({
    ...viteConfig(root),
    server: {
      port: port ?? 3000,
      // A port that was asked for is that port or none; the usual one may give way to the next.
      strictPort: port !== null,
      ...(host === null ? {} : { host }),
    },
  })
  try {
    requirePlugin(server.config)
    await server.listen()
  } catch (cause) {
    // What Vite has started by now would keep the process alive.
    await server.close()
    const isTaken = cause instanceof Error && /port \d+ is already in use/i.test(cause.message)
    throw isTaken ? portInUse(port ?? 3000) : cause
  }
  const [url = ''] = server.resolvedUrls?.local ?? []
  console.log(`http://localhost:${new URL(url).port || port}`)
}
