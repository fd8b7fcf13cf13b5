import type { Plugin } from 'vite'
import { aliases } from './aliases.ts'
import { createAppFunctions } from './app-functions.ts'
import { asyncDebug } from './async-debug.ts'
import { boundReferences } from './bound-references.ts'
import { browserConfig } from './browser-config.ts'
import { buildApp } from './build-app.ts'
import { bundledServer } from './bundled-server.ts'
import { clientSourceMaps } from './client-source-maps.ts'
import { commonjsClients } from './commonjs-clients.ts'
import { cssImports } from './css-imports.ts'
import { devRequire } from './dev-require.ts'
import { devServer } from './dev-server.ts'
import { envDeclaration } from './env-declaration.ts'
import { envVariables } from './env-variables.ts'
import { environments } from './environments.ts'
import { fastRefresh } from './fast-refresh.ts'
import { fonts } from './fonts.ts'
import { createFunctionRecords } from './function-records.ts'
import { imageImports } from './image-imports.ts'
import { instrumentationClient } from './instrumentation-client.ts'
import { jsxInJs } from './jsx-in-js.ts'
import { createKeys } from './keys.ts'
import { lateImports } from './late-imports.ts'
import { metadataAssets } from './metadata-assets.ts'
import { nativeDependencies } from './native-dependencies.ts'
import { nextAliases } from './next-aliases.ts'
import { readNextSite } from './next-config.ts'
import { nextModules } from './next-modules.ts'
import { nextPackages } from './next-packages.ts'
import { onlyModules } from './only-modules.ts'
import { optimizedPackages } from './optimized-packages.ts'
import { mergeOptions, resolveOptions, type VolleyOptions } from './options.ts'
import { pagesDirectory } from './pages-directory.ts'
import { regionComponents } from './region-components.ts'
import { createRegionRecords } from './region-records.ts'
import { routes } from './routes.ts'
import { createScannedSources, scan } from './scan.ts'
import { flightForNode, serverComponents } from './server-components.ts'
import { serverFunctions } from './server-functions.ts'
import { siteAddresses } from './site-addresses.ts'

/**
 * The Vite plugin of Volley. Without a `vite.config.ts` the `volley` command uses it as it is. What it
 * is not told it reads from `next.config.*`, where the app has one.
 */
export async function volley(options: VolleyOptions = {}): Promise<Plugin[]> {
  const next = await readNextSite(process.cwd())
  const resolved = resolveOptions(next ? mergeOptions(options, next.options) : options)
  const keysOf = createKeys()
  const records = createFunctionRecords()
  const regions = createRegionRecords()
  const sources = createScannedSources()
  const appFunctions = createAppFunctions({ records, regions, sources, keysOf })
  return [
    envVariables(), // first: what follows reads process.env
    siteAddresses({ trailingSlash: resolved.paths.trailingSlash, next }),
    nextAliases(next),
    envDeclaration(resolved),
    flightForNode(), // before Vite resolves the edge build
    fonts(), // before the imports of next/font are resolved, and in what the author wrote
    bundledServer(), // before imports of Volley are resolved to its modules
    nextModules(),
    nextPackages(),
    optimizedPackages(),
    onlyModules(),
    aliases(),
    lateImports(), // before Vite follows what style sheets import
    jsxInJs(), // before Vite parses what it takes for JavaScript
    cssImports(), // before Vite resolves what style sheets import
    imageImports(), // before Vite takes an image for its URL
    browserConfig(resolved, regions),
    instrumentationClient(),
    routes({ options: resolved, appFunctions }),
    pagesDirectory(),
    metadataAssets(),
    scan(records, sources), // before any transform of ours: it keeps what modules really import
    regionComponents(regions),
    serverFunctions({ records, keysOf }), // before plugin-rsc, whose message for a misplaced function is poorer
    commonjsClients(), // before plugin-rsc looks for exports
    ...serverComponents(),
    ...fastRefresh(),
    boundReferences(),
    asyncDebug(),
    nativeDependencies(),
    environments(), // after plugin-rsc: it corrects what that sets
    devRequire(),
    devServer({ records, regions, keysOf, logCalls: resolved.logCalls }),
    clientSourceMaps(),
    buildApp({ limited: Object.keys(resolved.server.functions), records, appFunctions, keysOf }),
  ]
}
