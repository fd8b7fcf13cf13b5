/** The type of `onRequestError` in `instrumentation.ts`. */
export type { OnRequestError as onRequestError } from '../../server.ts'
