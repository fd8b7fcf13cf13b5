import type { RequestContext } from '../context/request-context.ts'
import type { App } from './app.ts'
import { limitsOf } from './config.ts'
import type { ServerRequest } from './exchange.ts'
import { inTime, invoke, type Ending } from './invoke.ts'
import { reportError } from './report-error.ts'
import { adoptRun, roughSize, runOf, submissionOf, type Run } from './submission.ts'

/** A call that is about to run. */
export type ReadyCall = {
  app: App
  request: ServerRequest
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
export async function runCall(call: ReadyCall): Promise<Ending> {
  const { app, request, context, id, name, body } = call
  const { timeout } = limitsOf(name, app.config.server)
  const { key } = context
  if (key === null) return inTime(invokeCounted(call), { context, timeout })
  const submission = await submissionOf(request, { key, id, body })
  let isOwn = false
  const running = app.submissions.once(submission, async () => {
    isOwn = true
    const run = runOf(context, await invokeCounted(call))
    return { outcome: run, size: roughSize(run) }
  })
  const run: Run = await inTime(running, { context, timeout })
  if (!isOwn) adoptRun(context, run)
  return run.ending
}

/** Its place is free again when the function ends, which may be after its caller has given up. */
async function invokeCounted({ app, context, run }: ReadyCall): Promise<Ending> {
  const leave = app.load.enter()
  try {
    const ending = await invoke(context, run)
    // Nobody is told of this error any more.
    if (context.phase === 'after' && ending.kind === 'error') {
      reportError(ending.error, app.log, context.where)
    }
    return ending
  } finally {
    leave()
  }
}
