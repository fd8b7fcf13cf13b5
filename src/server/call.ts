import { createContext } from '../context/request-context.ts'
import { decodeArguments, type DecodedArguments } from '../flight/decode.ts'
import {
  loadFunction,
  UnknownReferenceError,
  type ServerFunction,
} from '../flight/function-table.ts'
import type { App } from './app.ts'
import { afterAnswer } from './after-answer.ts'
import { earlierPages } from './earlier-pages.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import type { GuardedCall } from './guard.ts'
import { pageTags } from './page-tags.ts'
import { matchTarget } from './plan-target.ts'
import { payloadHeaders } from './payload-answer.ts'
import { Refusal } from './refusal.ts'
import { refuseReply } from './refuse-reply.ts'
import { runCall } from './run-call.ts'
import { carriesUi } from './settle.ts'
import { type CallAnswer, settledAnswer, type SettledCall } from './settled-call.ts'
import { keyOf } from './submission.ts'
import type { Target } from './target.ts'

export type ReceivedCall = {
  app: App
  request: ServerRequest
  target: Target
  call: GuardedCall
  /** The pages that the browser still shows something of, where somebody has looked already. */
  earlier?: ReturnType<typeof earlierPages>
  /** Makes the answer, where others have a part in it. */
  settle?: (settled: SettledCall) => Promise<CallAnswer>
}

/** A call of the browser's runtime, which has passed the guard: decode, run, settle, answer. */
export async function answerCall({
  app,
  request,
  target,
  call,
  earlier: named = earlierPages(app, request),
  settle = settledAnswer,
}: ReceivedCall): Promise<ServerAnswer> {
  const started = app.isDevelopment ? performance.now() : 0
  // Without a wait the body is read as it arrives, instead of being put aside first.
  const earlier = named instanceof Promise ? await named : named
  const match = matchTarget(app, target, earlier)
  if (match.kind !== 'page' && match.kind !== 'default') {
    throw new Refusal('not-found', 'A call goes to the page that makes it')
  }
  const { body, fn, decoded } = await decodeCall(app, request, call)
  const { id, entry } = call
  const { name } = entry
  const context = createContext('function', name, request)
  context.key = keyOf(request, body)
  context.pageTags = pageTags({ target, match })
  const run = (): unknown => fn(...decoded.args)
  const ending = await runCall({ app, request, match, context, id, name, body, run })
  const hasUi = carriesUi(context, ending)
  const answer = await settle({ app, request, target, earlier, context, decoded, ending, hasUi })
  // Only development shows calls.
  if (app.isDevelopment) {
    const milliseconds = performance.now() - started
    const { regions } = answer
    app.log({ kind: 'call', name, args: decoded.args, outcome: ending.kind, milliseconds, regions })
  }
  return {
    status: answer.status,
    headers: payloadHeaders(context),
    body: answer.body,
    onFinish: afterAnswer(app, context),
  }
}

async function decodeCall(
  app: App,
  request: ServerRequest,
  { id, isForm, limit }: GuardedCall,
): Promise<{ body: string | FormData; fn: ServerFunction; decoded: DecodedArguments }> {
  const body = isForm ? await request.form({ limit }) : await request.text(limit)
  const fn = await loadFunction(id).catch(staleUnlessLoaded)
  const decoded = await decodeArguments(body, app.config.server.decoding).catch(refuseReply)
  return { body, fn, decoded }
}

/** A module of the app that fails to load is the app's error; one without the function is stale. */
function staleUnlessLoaded(error: unknown): never {
  if (error instanceof UnknownReferenceError) throw new Refusal('stale', error.message)
  throw error
}
