import { createContext } from '../context/request-context.ts'
import { decodeForm, functionNamed, type DecodedForm } from '../flight/decode.ts'
import { ControlFlowError } from '../wire/control-flow.ts'
import type { App } from './app.ts'
import { afterAnswer } from './after-answer.ts'
import { assertSameSite } from './cross-site.ts'
import { answerDocument, redirectAnswer, type DocumentRequest } from './document.ts'
import { limitsOf, type ServerConfig } from './config.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { errorAnswer } from './error-answer.ts'
import { assertSize, bodyType, entryOf, requireSize } from './guard.ts'
import type { Ending } from './invoke.ts'
import { pageTags } from './page-tags.ts'
import type { PagePlan } from './page-plan.ts'
import { allRegions } from './plan-path.ts'
import { Refusal } from './refusal.ts'
import { refuseReply } from './refuse-reply.ts'
import { replaceRegion } from './replace-region.tsx'
import { runCall } from './run-call.ts'
import { contextHeaders } from './settle.ts'
import { shownError } from './shown-error.ts'
import { keyOf } from './submission.ts'

/**
 * A form that was posted to a page without JavaScript: the same guard, the same run, and the page
 * as HTML, with the state that `useActionState` will show. A form that names no server function
 * renders the page.
 */
export async function answerForm(
  app: App,
  request: ServerRequest,
  plan: PagePlan,
): Promise<ServerAnswer> {
  const { server } = app.config
  guardForm(app, request)
  const { body, size } = await readForm(app, request)
  const decoded = await decodeForm(body, server.decoding).catch(refuseReply)
  if (!decoded) {
    requireSize(size, server.bodySizeLimit)
    const context = createContext('render', plan.target.pathname, request)
    const answer = await answerDocument({ app, context, plan, isPost: true })
    return { ...answer, onFinish: afterAnswer(app, context) }
  }
  const { id, run } = decoded
  const { name } = entryOf(id, app)
  requireSize(size, limitsOf(name, server).bodySizeLimit)
  const context = createContext('function', name, request)
  context.key = keyOf(request, body)
  context.pageTags = pageTags(plan)
  const started = performance.now()
  const ending = await runCall({ app, request, match: plan.match, context, id, name, body, run })
  app.log({
    kind: 'call',
    name,
    args: [body],
    outcome: ending.kind,
    milliseconds: performance.now() - started,
    regions: allRegions(plan).length,
  })
  const page = { app, context, plan, isPost: true }
  const answer = await answerEnding(page, ending, decoded).catch((error: unknown) => {
    // The function has run: its cookies are sent whatever the page does.
    const failed = errorAnswer(error, app.log, plan.target.pathname)
    return { ...failed, headers: [...failed.headers, ...contextHeaders(context)] }
  })
  return { ...answer, onFinish: afterAnswer(app, context) }
}

async function answerEnding(
  request: DocumentRequest,
  ending: Ending,
  decoded: DecodedForm,
): Promise<ServerAnswer> {
  if (ending.kind === 'redirect') return redirectAnswer(request, ending)
  if (ending.kind === 'value') {
    const formState = await decoded.state(ending.value)
    return answerDocument({ ...request, ...(formState === null ? {} : { formState }) })
  }
  return answerDocument({ ...request, plan: interruptedPlan(request, ending) })
}

/** What the function threw is shown as if its page had thrown it. */
function interruptedPlan(
  { app, context, plan }: DocumentRequest,
  ending: Exclude<Ending, { kind: 'value' | 'redirect' }>,
): PagePlan {
  const error = ending.kind === 'error' ? ending.error : new ControlFlowError(ending)
  const region = plan.regions.at(-1)?.link.id ?? ''
  const replacement = replaceRegion(plan, { region, error }, (thrown) =>
    shownError(thrown, app, { where: context.where, routeType: 'action' }),
  )
  return replacement.kind === 'plan' ? replacement.plan : plan
}

/**
 * What a form must be before a byte of it is read: from this site, of a type that is a form's, and of
 * a size that some function takes. @throws Refusal
 */
export function guardForm(app: App, request: ServerRequest): void {
  const { server } = app.config
  assertSameSite(request, server)
  const type = bodyType(request)
  if (type !== 'multipart' && type !== 'urlencoded') {
    throw new Refusal('unsupported-type', 'A form is multipart or urlencoded')
  }
  app.load.check()
  assertSize(request, largestLimit(server))
}

/**
 * Reads the form up to the field that names a server function, and no further if there is no such
 * function. What it may be sent is only known when the form is decoded: a button's function is named
 * behind the files of its form. @throws Refusal
 */
async function readForm(
  app: App,
  request: ServerRequest,
): Promise<{ body: FormData; size: number }> {
  let size = 0
  const body = await request.form({
    limit: largestLimit(app.config.server),
    onSize(length) {
      size = length
    },
    onField(field, value) {
      const id = nameIn(field, value)
      if (id !== null) entryOf(id, app)
    },
  })
  return { body, size }
}

function largestLimit({ bodySizeLimit, functions }: ServerConfig): number {
  return Math.max(bodySizeLimit, ...Object.values(functions).map((one) => one.bodySizeLimit))
}

function nameIn(field: string, value: string): string | null {
  try {
    return functionNamed(field, value)
  } catch (error) {
    return refuseReply(error)
  }
}
