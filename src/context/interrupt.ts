import type { RouteHref } from '../routes/route-href.ts'
import { ControlFlowError, controlFlowOf } from '../wire/control-flow.ts'

/**
 * The functions that end a server function or a render by throwing. They work in components on
 * both sides, so this file knows neither Node nor the request.
 */

/** Which entry of the browser's history a redirect makes. */
export const RedirectType = { push: 'push', replace: 'replace' } as const
export type RedirectType = (typeof RedirectType)[keyof typeof RedirectType]

/**
 * Sends the browser to `to`: a path of this app, a path relative to the page (`./x`, `../x`,
 * `?query`), or an absolute `http(s)` URL. From a server function the target's page comes in the
 * same answer. `history` is `push` from a server function and `replace` while rendering by default.
 * @throws always; a `TypeError` if `to` is not such a target
 */
export function redirect<href extends string>(to: RouteHref<href>, history?: RedirectType): never {
  throw new ControlFlowError(redirectFlow(to, { history, permanent: false }))
}

/** Like `redirect`, but a document request is answered with 308, which browsers remember. */
export function permanentRedirect<href extends string>(
  to: RouteHref<href>,
  history?: RedirectType,
): never {
  throw new ControlFlowError(redirectFlow(to, { history, permanent: true }))
}

/** Shows the nearest `not-found` file, with status 404. @throws always */
export function notFound(): never {
  throw new ControlFlowError({ kind: 'not-found' })
}

/** Shows the nearest `forbidden` file, with status 403. @throws always */
export function forbidden(): never {
  throw new ControlFlowError({ kind: 'forbidden' })
}

/** Shows the nearest `unauthorized` file, with status 401. @throws always */
export function unauthorized(): never {
  throw new ControlFlowError({ kind: 'unauthorized' })
}

/**
 * Throws `error` again if it is a redirect or one of the interruptions above, also when it is the
 * `cause` of an error; returns otherwise. First line of a `catch` around code that may redirect.
 */
export function rethrow(error: unknown): void {
  if (controlFlowOf(error)) throw error
  if (error instanceof Error && error.cause !== undefined) rethrow(error.cause)
}

type RedirectOptions = { history: RedirectType | undefined; permanent: boolean }

function redirectFlow(to: string, { history, permanent }: RedirectOptions) {
  if (!isRedirectTarget(to)) {
    throw new TypeError(
      `redirect() cannot go to ${JSON.stringify(to)}: ` +
        'pass a path that starts with one "/", "./", "../", "?" or "#", or an http(s) URL.',
    )
  }
  return { kind: 'redirect', to, permanent, history: history ?? null } as const
}

/**
 * A target that browsers read as it is written: a `\` counts as `/` to them and control characters
 * vanish, so `/\evil.example` would be another site.
 */
function isRedirectTarget(to: unknown): to is string {
  if (typeof to !== 'string' || hasControlCharacter(to)) return false
  if (/^https?:\/\/[^/\\]/i.test(to)) return URL.canParse(to)
  return /^(?:\/(?![/\\])|\.\.?(?:[/?#]|$)|[?#])/.test(to)
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\x7f')
}
