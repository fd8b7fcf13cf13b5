import { defaultReplyLimits } from '../../src/flight/reply-limits.ts'
import type { AppConfig, ServerConfig } from '../../src/server/config.ts'

/** What an app without options has, but for a body limit that tests reach quickly. */
export const serverConfig: ServerConfig = {
  allowedOrigins: [],
  origin: null,
  trustProxy: false,
  bodySizeLimit: 10_000,
  requireOrigin: false,
  timeout: 30_000,
  functions: {},
  maxCalls: 1_000,
  maxDelay: 10_000,
  decoding: defaultReplyLimits,
  health: true,
}

export const appConfig: AppConfig = {
  build: 'this-build',
  isBatched: false,
  server: serverConfig,
  cache: { maxSize: 1024 ** 2, profiles: {} },
  site: {
    basePath: '',
    trailingSlash: false,
    rules: {
      headers: [],
      redirects: [],
      rewrites: { beforeFiles: [], afterFiles: [], fallback: [] },
    },
  },
}
