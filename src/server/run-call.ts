import type { RequestContext } from '../context/request-context.ts'
import type { RouteMatch } from '../routes/match-route.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { limitsOf } from './config.ts'
import type { ServerRequest } from './exchange.ts'
import { inTime, invoke, type Ending } from './invoke.ts'
import { keptRun } from './kept-run.ts'
import { maxDurationOf } from './max-duration.ts'
import { reportError } from './report-error.ts'
import { adoptRun, runOf, submissionOf, type Run } from './submission.ts'

/** A call that is about to run. */
export type ReadyCall = {
  app: App
  request: ServerRequest
  /** The page that it was made on. */
  match: RouteMatch
  context: RequestContext
  /** The id of the server function, and its name for people. */
  id: string
  name: string
  /** As it came: it tells one submission from another. */
  body: string | FormData
  run: () => unknown
}

/**
 * Runs the server function of a call: within its time, and once for each submission that has a key.
 * @throws Refusal `overloaded`, `timeout`, or `bad-request` for altered captures
 */
export function runCall(call: ReadyCall): Promise<Ending> {
  const timeout = timeoutOf(call)
  return typeof timeout === 'number'
    ? runWithin(call, timeout)
    : timeout.then((milliseconds) => runWithin(call, milliseconds))
}

/** A time that the app sets for the function itself is closer to it than that of a page. */
function timeoutOf({ app, match, name }: ReadyCall): number | Promise<number> {
  const { server } = app.config
  const { timeout } = limitsOf(name, server)
  if (timeout !== server.timeout) return timeout
  const duration = maxDurationOf(app, match)
  return duration instanceof Promise
    ? duration.then((known) => known ?? timeout)
    : (duration ?? timeout)
}

function runWithin(call: ReadyCall, timeout: number): Promise<Ending> {
  const { context } = call
  const { key } = context
  return key === null
    ? inTime(invokeCounted(call), { context, timeout })
    : runOnce(call, key, timeout)
}

async function runOnce(call: ReadyCall, key: string, timeout: number): Promise<Ending> {
  const { app, request, context, id, body } = call
  const sent = submissionOf(request, { key, id, body })
  const submission = 'key' in sent ? sent : await sent
  let isOwn = false
  const runOwn = async () => {
    isOwn = true
    const outcome = runOf(context, await invokeCounted(call))
    return { outcome, ...(isBrokenOff(call, outcome) ? { kept: null, size: 0 } : keptRun(outcome)) }
  }
  const isOver = (): boolean => context.phase !== 'function'
  const running = app.submissions.once(submission, runOwn, { timeout, isOver })
  const run: Run = await inTime(running, { context, timeout })
  if (!isOwn) adoptRun(context, run)
  return run.ending
}

/** Its client went away and the function failed, as it should where it heeds its signal. */
function isBrokenOff({ request }: ReadyCall, { ending }: Run): boolean {
  return ending.kind === 'error' && request.signal().aborted
}

/** Its place is free again when the function ends, which may be after its caller has given up. */
async function invokeCounted({ app, context, id, run }: ReadyCall): Promise<Ending> {
  const leave = app.load.enter()
  try {
    const ending = await invoke(context, { id, run })
    if (context.phase === 'late') endLate(app, context, ending)
    return ending
  } finally {
    leave()
  }
}

/** The caller was told that it took too long: nobody else reports its error and does its work. */
function endLate(app: App, context: RequestContext, ending: Ending): void {
  if (ending.kind === 'error') {
    reportError(ending.error, app.log, { where: context.where, routeType: 'action' })
  }
  afterAnswer(app, context)()
}
