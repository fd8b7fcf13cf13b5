import { runInContext, type RequestContext } from '../context/request-context.ts'
import type { App } from './app.ts'
import { reportError } from './report-error.ts'

/** Runs what `after()` collected, once the answer was sent. Its errors are logged, one by one. */
export function afterAnswer(app: App, context: RequestContext): () => void {
  return () => {
    context.phase = 'after'
    for (const task of context.after) {
      const run = async (): Promise<unknown> => task()
      runInContext(context, run).catch((error: unknown) => {
        reportError(error, app.log, `after() of ${context.where}`)
      })
    }
  }
}
