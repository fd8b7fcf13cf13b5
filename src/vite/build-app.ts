import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { getPluginApi, type RscPluginManager } from '@vitejs/plugin-rsc'
import { createLogger, type BuildEnvironment, type Plugin, type ViteBuilder } from 'vite'
import type { FunctionList, ListedFunction } from '../secret/function-list.ts'
import type { AppFunctions } from './app-functions.ts'
import type { FunctionRecords } from './function-records.ts'
import type { Keys } from './keys.ts'
import { OptionError } from './option-values.ts'
import { precompress, type Sizes } from './precompress.ts'

/** What the CLI asks of the plugin, as `plugin.api`. */
export type BuildApi = {
  /** Finds every callable server function of the app; nothing is written. */
  listFunctions(builder: ViteBuilder): Promise<ListedFunction[]>
}

type BuildAppOptions = {
  /** The names of the functions that options are set for. */
  limited: readonly string[]
  records: FunctionRecords
  appFunctions: AppFunctions
  keysOf: (root: string) => Keys
}

/** The order in which an app is built, on top of what plugin-rsc does in each pass. */
export function buildApp({
  limited,
  records,
  appFunctions,
  keysOf,
}: BuildAppOptions): Plugin<BuildApi> {
  return {
    name: 'volley:build',
    config: () => ({ builder: { sharedConfigBuild: true, sharedPlugins: true } }),
    api: {
      async listFunctions(builder) {
        await scanPasses(toolsOf(builder), records)
        return appFunctions.list(builder.config.root).functions
      },
    },
    async buildApp(builder) {
      const started = performance.now()
      const { manager, rsc, ssr, client, build } = toolsOf(builder)
      await scanPasses({ manager, rsc, ssr, client, build }, records)
      const list = appFunctions.list(builder.config.root)
      requireKnown(limited, list)
      await build(rsc)
      manager.stabilize()
      // Neither needs the other, and what compresses the browser's files works beside both.
      const clientFiles = build(client).then(() => precompress(client.config.build.outDir))
      const [sizes] = await Promise.all([clientFiles, build(ssr)])
      manager.writeAssetsManifest(['ssr', 'rsc'])
      manager.writeEnvironmentImportsManifest()
      const file = path.join(rsc.config.build.outDir, 'functions.json')
      await writeFile(file, `${JSON.stringify(list, null, 2)}\n`)
      const seconds = (performance.now() - started) / 1000
      createLogger(builder.config.logLevel === 'silent' ? 'silent' : 'info').info(
        summary({
          sizes,
          functions: list.functions.length,
          seconds,
          keys: keysOf(builder.config.root),
        }),
      )
    },
  }
}

/** A limit that nothing has would be a misspelt one. @throws OptionError */
function requireKnown(limited: readonly string[], { functions }: FunctionList): void {
  const known = functions.map(({ path: file, name }) => `${file}#${name}`)
  const unknown = limited.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const expected = `the name of a callable server function: ${known.join(', ') || 'there is none'}`
  throw new OptionError('server.functions', unknown, expected)
}

type Tools = {
  manager: RscPluginManager
  rsc: BuildEnvironment
  ssr: BuildEnvironment
  client: BuildEnvironment
  build: (environment: BuildEnvironment) => Promise<unknown>
}

function toolsOf(builder: ViteBuilder): Tools {
  const manager = getPluginApi(builder.config)?.manager
  const { rsc, ssr, client } = builder.environments
  if (!manager || !rsc || !ssr || !client) {
    throw new Error('volley(): plugin-rsc is missing from the plugins of this build')
  }
  return { manager, rsc, ssr, client, build: (environment) => builder.build(environment) }
}

/**
 * Loads both sides without writing, until nothing new is found: a server function that only the
 * browser's side imports may lead to more client components, and these to more server functions.
 */
async function scanPasses(tools: Tools, records: FunctionRecords): Promise<void> {
  const { manager, rsc, ssr, build } = tools
  const clientModules = () => Object.keys(manager.clientReferenceMetaMap).length
  manager.isScanBuild = true
  for (const { config } of [rsc, ssr]) config.build.write = false
  let scanned = -1
  let unseen: string
  do {
    unseen = records.unseen().join()
    await build(rsc)
    if (clientModules() > scanned) {
      scanned = clientModules()
      await build(ssr)
    }
  } while (records.unseen().join() !== unseen)
  for (const { config } of [rsc, ssr]) config.build.write = true
  manager.isScanBuild = false
}

const keyNotice =
  'VOLLEY_SECRET is not set, so the ids of the server functions were made with a key of this machine\n' +
  '(node_modules/.volley/key). Other machines make other ids: set it where more than one builds or serves.'

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

type Summary = { sizes: Sizes; functions: number; seconds: number; keys: Keys }

function summary({ sizes, functions, seconds, keys }: Summary): string {
  const callable = functions === 1 ? '1 server function' : `${functions} server functions`
  return [
    `dist/client  ${sizes.files} files, ${kilobytes(sizes.bytes)}, ${kilobytes(sizes.gzipBytes)} with gzip`,
    `dist/server  ${callable}; \`volley functions\` lists what can be called`,
    ...(keys.source === 'file' ? [keyNotice] : []),
    `Built in ${seconds.toFixed(1)} s. Serve it with \`volley start\`.`,
  ].join('\n')
}
