export { after } from './context/after.ts'
export { connection } from './context/connection.ts'
export type { HandlerPattern, LayoutPattern, PagePattern, SlotName } from './routes/app-routes.ts'
export type { Handler, ServerAnswer, ServerRequest } from './server/exchange.ts'
export type {
  Metadata,
  ResolvedMetadata,
  ResolvingMetadata,
  ResolvingViewport,
  Viewport,
} from './server/metadata-types.ts'
export type { MetadataRoute } from './server/metadata-route-types.ts'
export type {
  Middleware,
  MiddlewareConfig,
  MiddlewareEvent,
  MiddlewareResult,
} from './server/middleware.ts'
export type { ErrorContext, ErrorRequest, OnRequestError } from './server/request-error.ts'
export { VolleyRequest } from './server/volley-request.ts'
export { VolleyResponse } from './server/volley-response.ts'
