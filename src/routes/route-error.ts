export type RouteErrorCode =
  | 'bad-segment'
  | 'duplicate-file'
  | 'page-and-route'
  | 'same-path'
  | 'param-names'
  | 'duplicate-param'
  | 'misplaced-catch-all'
  | 'missing-root-layout'
  | 'slot-without-layout'
  | 'route-in-slot'
  | 'bad-image'
  | 'bad-interception'

/** A mistake in the files of `app/`; the message says how to correct it. */
export class RouteError extends Error {
  override name = 'RouteError'
  readonly code: RouteErrorCode
  /** The file that the mistake was found at, relative to `app/`. */
  readonly file: string

  constructor(code: RouteErrorCode, message: string, file: string) {
    super(message)
    this.code = code
    this.file = file
  }
}
