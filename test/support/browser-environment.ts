import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createServer, type DevEnvironment, type Plugin } from 'vite'
import { onTestFinished } from 'vitest'

/** The browser's side of a development server with one plugin, for an app of these files. */
export async function browserEnvironment(
  plugin: Plugin,
  files: Record<string, string | Uint8Array>,
): Promise<DevEnvironment> {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-environment-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(root, name), content)
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  onTestFinished(async () => {
    await server.close()
    rmSync(root, { recursive: true })
  })
  return server.environments.client
}
