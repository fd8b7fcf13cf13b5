import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { assertPhase } from './phase.ts'
import { currentContext, type RequestContext } from './request-context.ts'
import { cookieJar } from './request-state.ts'

/** Whether a visitor previews drafts, and how a function or a route handler lets them. */
export interface DraftMode {
  readonly isEnabled: boolean
  /** Sets the cookie by which the browser is known. @throws while rendering */
  enable: () => void
  /** Deletes it. @throws while rendering */
  disable: () => void
}

/**
 * Draft mode: for a visitor who has it, nothing that is kept is used and nothing is kept. It can be
 * asked for in cached work too.
 * @throws outside a request
 */
export async function draftMode(): Promise<DraftMode> {
  const context = currentContext('draftMode()')
  const draft = {
    enable() {
      assertPhase(context, 'draftMode().enable()', ['function', 'handler'])
      cookieJar(context).set(cookieName, setup.values[0], setup.attributes)
    },
    disable() {
      assertPhase(context, 'draftMode().disable()', ['function', 'handler'])
      cookieJar(context).set(cookieName, '', { ...setup.attributes, expires: 0 })
    },
  }
  return Object.defineProperties(draft, {
    [visit]: { value: context },
    isEnabled,
  }) as typeof draft & Pick<DraftMode, 'isEnabled'>
}

const visit = Symbol('visit')

/** One getter for all visits: decisions/029-hidden-classes.md. */
const isEnabled: PropertyDescriptor & ThisType<{ [visit]: RequestContext }> = {
  enumerable: true,
  get() {
    return isDraft(this[visit])
  },
}

/** The name that libraries for previews know. */
const cookieName = '__prerender_bypass'

type Values = readonly [own: string, ...older: string[]]

/** Until the server starts, as in a test of one function, the value is nobody's. */
let setup = setupOf([randomBytes(32).toString('base64url')], { isDevelopment: true })

/**
 * Called once when the server starts. The cookie's value is made of the newest secret, and of no use
 * to whoever does not know it; those of the others count as well.
 */
export function installDraftMode(
  secrets: readonly string[],
  environment: { isDevelopment: boolean },
): void {
  const [newest = '', ...older] = secrets
  setup = setupOf([valueOf(newest), ...older.map(valueOf)], environment)
}

function valueOf(secret: string): string {
  return createHmac('sha256', secret).update('draft mode').digest('base64url')
}

/** Previews are shown in frames of other sites, to which only such cookies are sent. */
function setupOf(values: Values, { isDevelopment }: { isDevelopment: boolean }) {
  const sameSite = isDevelopment ? 'lax' : 'none'
  return { values, attributes: { httpOnly: true, sameSite, secure: !isDevelopment } as const }
}

/** Whether what runs now is for a visitor in draft mode. */
export function isDraft(context: RequestContext): boolean {
  if (context.isDraft) return true
  if (!mayHaveCookie(context)) return false
  const given = Buffer.from(cookieJar(context).get(cookieName)?.value ?? '')
  return setup.values.some((value) => {
    const own = Buffer.from(value)
    return own.length === given.length && timingSafeEqual(own, given)
  })
}

/** Nearly nobody has it, and to make a jar takes longer than to look. */
function mayHaveCookie({ cookies, headers }: RequestContext): boolean {
  return cookies ? cookies.has(cookieName) : String(headers['cookie']).includes(cookieName)
}
