import { runInContext, type RequestContext } from '../context/request-context.ts'
import type { App } from './app.ts'
import { reportError } from './report-error.ts'

/**
 * Runs what `after()` collected, once the answer was sent, and what that collects in turn. Its
 * errors are logged, one by one.
 */
export function afterAnswer(app: App, context: RequestContext): () => void {
  return () => {
    context.phase = 'after'
    runCollected(app, context)
  }
}

function runCollected(app: App, context: RequestContext): void {
  if (context.after.length === 0) return
  for (const task of context.after.splice(0)) {
    void runInContext(context, () => run(app, context, task))
  }
}

async function run(app: App, context: RequestContext, task: () => unknown): Promise<void> {
  try {
    await task()
  } catch (error) {
    reportError(error, app.log, `after() of ${context.where}`)
  }
  runCollected(app, context)
}
