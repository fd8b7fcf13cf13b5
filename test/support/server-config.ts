import { defaultReplyLimits } from '../../src/flight/reply-limits.ts'
import type { ServerConfig } from '../../src/server/app.ts'

/** What an app without options has, but for a body limit that tests reach quickly. */
export const serverConfig: ServerConfig = {
  allowedOrigins: [],
  origin: null,
  trustProxy: false,
  bodySizeLimit: 10_000,
  requireOrigin: false,
  decoding: defaultReplyLimits,
}
