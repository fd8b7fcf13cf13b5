import { createContext, runInContext, type RequestContext } from '../context/request-context.ts'
import { decodeArguments, type DecodedArguments } from '../flight/decode.ts'
import {
  loadFunction,
  UnknownReferenceError,
  type ServerFunction,
} from '../flight/function-table.ts'
import { plainRow } from '../flight/plain-row.ts'
import { renderFlight, type FlightStream } from '../flight/render.ts'
import { ReplyError } from '../flight/reply-limits.ts'
import { payloadType } from '../wire/header.ts'
import type { Outcome } from '../wire/outcome.ts'
import type { Payload } from '../wire/payload.ts'
import type { App } from './app.ts'
import { afterAnswer } from './after-answer.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { guardCall, type GuardedCall } from './guard.ts'
import { interruptionStatus } from './interruption-status.ts'
import type { Ending } from './invoke.ts'
import { isOutdated, privateHeaders } from './payload-answer.ts'
import { planTarget } from './plan-target.ts'
import { redirectTarget } from './redirect-target.ts'
import { Refusal } from './refusal.ts'
import { hasSameRoot, renderRegions } from './regions-answer.ts'
import { reportError } from './report-error.ts'
import { runCall } from './run-call.ts'
import { carriesUi, cookieHeaders, droppedPages } from './settle.ts'
import { shownError } from './shown-error.ts'
import { keyOf } from './submission.ts'
import type { Target } from './target.ts'

const statuses: Readonly<Record<Outcome['kind'], number>> = {
  ...interruptionStatus,
  value: 200,
  redirect: 200,
  error: 500,
}

/** A call of the browser's runtime: guard, decode, run, settle, answer. */
export async function answerCall(
  app: App,
  request: ServerRequest,
  target: Target,
): Promise<ServerAnswer> {
  const started = performance.now()
  const call = guardCall(request, app)
  if (app.match(target.pathname).kind !== 'page') {
    throw new Refusal('not-found', 'A call goes to the page that makes it')
  }
  const { body, fn, decoded } = await decodeCall(app, request, call)
  const { id, entry } = call
  const { name } = entry
  const context = createContext('function', name, request)
  context.key = keyOf(request, body)
  const run = (): unknown => fn(...decoded.args)
  const ending = await runCall({ app, request, context, id, name, body, run })
  const settled = { app, request, target, context, decoded, ending }
  const rest = restOf(settled)
  const answer = await answerEnding(settled, rest).catch((error: unknown) => {
    // The function has run: its caller must learn what it ended in, whatever the page does.
    reportError(error, app.log, target.pathname)
    return valueAnswer(settled, rest)
  })
  app.log({
    kind: 'call',
    name,
    args: decoded.args,
    outcome: ending.kind,
    milliseconds: performance.now() - started,
    regions: answer.regions,
  })
  return {
    status: statuses[ending.kind],
    headers: [['content-type', payloadType], ...privateHeaders, ...cookieHeaders(context)],
    body: answer.body,
    onFinish: afterAnswer(app, context),
  }
}

async function decodeCall(
  app: App,
  request: ServerRequest,
  { id, isForm, limit }: GuardedCall,
): Promise<{ body: string | FormData; fn: ServerFunction; decoded: DecodedArguments }> {
  const body = isForm ? await request.form({ limit: () => limit }) : await request.text(limit)
  const fn = await loadFunction(id).catch(staleUnlessLoaded)
  const decoded = await decodeArguments(body, app.config.server.decoding).catch(refuseReply)
  return { body, fn, decoded }
}

/** A module of the app that fails to load is the app's error; a malformed body is its sender's. */
export function refuseReply(error: unknown): never {
  if (error instanceof ReplyError) throw new Refusal('bad-request', error.message)
  throw error
}

/** A module of the app that fails to load is the app's error; one without the function is stale. */
function staleUnlessLoaded(error: unknown): never {
  if (error instanceof UnknownReferenceError) throw new Refusal('stale', error.message)
  throw error
}

type Settled = {
  app: App
  request: ServerRequest
  target: Target
  context: RequestContext
  decoded: DecodedArguments
  ending: Ending
}

/** What the answer says besides its regions: also all that it says where it has none. */
type Rest = { outcome: Outcome } & Pick<Payload<never>, 'dropped' | 'outdated'>

function restOf(settled: Settled): Rest {
  const dropped = droppedPages(settled.context)
  return {
    outcome: outcomeOf(settled),
    ...(dropped ? { dropped } : {}),
    ...(isOutdated(settled.app, settled.request) ? { outdated: true } : {}),
  }
}

type CallBody = { body: string | FlightStream; regions: number }

async function answerEnding(settled: Settled, rest: Rest): Promise<CallBody> {
  const { app, target, context, decoded, ending } = settled
  const { temporaryReferences } = decoded
  if (rest.outdated) return valueAnswer(settled, rest)
  const plan = carriesUi(context, ending) ? await planOf(settled, rest.outcome) : null
  if (!plan) return valueAnswer(settled, rest)
  context.where = target.pathname
  return renderRegions({ app, context, plan, mounted: new Set(), rest, temporaryReferences })
}

/** The page to render: the current one, or a redirect's target where that is a page of this document. */
async function planOf({ app, request, target }: Settled, outcome: Outcome) {
  const current = await planTarget(app, target)
  if (outcome.kind !== 'redirect' || !current) return current
  const site = { config: app.config, headers: request.headers }
  const redirected = redirectTarget(outcome.to, target, site).target
  const next = redirected && (await planTarget(app, redirected))
  return next && hasSameRoot(next, current) ? next : null
}

function valueAnswer({ app, context, decoded }: Settled, rest: Rest): CallBody {
  const payload = { build: app.config.build, stamp: app.stamps(), ...rest }
  const options = {
    onError: (error: unknown) => reportError(error, app.log, context.where),
    temporaryReferences: decoded.temporaryReferences,
  }
  // An iterator that the function returned runs on while it is sent, and may ask for cookies.
  const render = () => runInContext(context, () => renderFlight(payload, options))
  return { body: plainRow(payload) ?? render(), regions: 0 }
}

function outcomeOf({ app, request, target, context, ending }: Settled): Outcome {
  if (ending.kind === 'error') {
    return { kind: 'error', error: shownError(ending.error, app, context.where) }
  }
  if (ending.kind !== 'redirect') return ending
  const site = { config: app.config, headers: request.headers }
  const { to } = redirectTarget(ending.to, target, site)
  return { kind: 'redirect', to, history: ending.history ?? 'push' }
}
