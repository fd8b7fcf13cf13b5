import { createServer } from 'vite'
import { findAppDirectory } from '../vite/app-directory.ts'
import type { Address } from './arguments.ts'
import { requirePlugin, viteConfig } from './vite-config.ts'

/** Runs the app and follows its changes. */
export async function dev(root: string, { port, host }: Address): Promise<void> {
  findAppDirectory(root)
  const server = await createServer({
    ...viteConfig(root),
    server: {
      port: port ?? 3000,
      // A port that was asked for is that port or none; the usual one may give way to the next.
      strictPort: port !== null,
      ...(host === null ? {} : { host }),
    },
  })
  requirePlugin(server.config)
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  console.log(`http://localhost:${new URL(url).port || port}`)
}
