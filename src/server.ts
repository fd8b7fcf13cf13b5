export { after, connection } from './context/after.ts'
export type { Handler, ServerAnswer, ServerRequest } from './server/exchange.ts'
export { VolleyRequest, VolleyResponse } from './server/volley-request.ts'
