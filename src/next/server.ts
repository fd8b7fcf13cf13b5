export type {
  Middleware as NextMiddleware,
  Middleware as NextProxy,
  MiddlewareConfig,
  MiddlewareConfig as ProxyConfig,
  MiddlewareEvent as NextFetchEvent,
  MiddlewareResult,
} from '../server.ts'
export {
  after,
  connection,
  VolleyRequest as NextRequest,
  VolleyResponse as NextResponse,
} from '../server.ts'
