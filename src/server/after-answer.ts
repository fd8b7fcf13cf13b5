import { tellInvalidations } from '../cache/tell-invalidations.ts'
import { createCallSignal } from '../context/call-signal.ts'
import { runInContext, type RequestContext } from '../context/request-context.ts'
import type { App } from './app.ts'
import { limitsOf } from './config.ts'
import { reportError } from './report-error.ts'

/**
 * Runs what `after()` collected, once the answer was sent, and what that collects in turn. Its
 * errors are logged, one by one.
 */
export function afterAnswer(app: App, context: RequestContext): () => void {
  return () => {
    context.phase = 'after'
    const isOver = context.after.length === 0 && context.invalidation.untold.length === 0
    if (!isOver) app.lifecycle.track(runCollected(app, context))
  }
}

async function runCollected(app: App, context: RequestContext): Promise<void> {
  while (context.after.length > 0) {
    const tasks = context.after.splice(0)
    await Promise.all(tasks.map((task) => run(app, context, task)))
  }
  await tellInvalidations(context)
}

async function run(app: App, context: RequestContext, task: () => unknown): Promise<void> {
  const { timeout } = limitsOf(context.where, app.config.server)
  // The client that the call's own signal speaks of has its answer.
  const deadline = AbortSignal.timeout(timeout)
  const own = { ...context, signal: createCallSignal(() => deadline) }
  try {
    await runInContext(own, task)
  } catch (error) {
    reportError(error, app.log, `after() of ${context.where}`)
  }
}
