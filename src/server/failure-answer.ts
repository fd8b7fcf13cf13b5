import type { App } from './app.ts'
import { errorAnswer } from './error-answer.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { isRefusal, type Refusal, refusalAnswer } from './refusal.ts'

/** The answer to a request that failed, which is logged. */
export function failureAnswer(app: App, request: ServerRequest, error: unknown): ServerAnswer {
  if (isRefusal(error)) return refuse(app, request, error)
  return errorAnswer(error, app.log, request.target)
}

function refuse(app: App, request: ServerRequest, refusal: Refusal): ServerAnswer {
  const answer = refusalAnswer(refusal)
  if (refusal.isQuiet) return answer
  app.log({
    kind: 'refused',
    status: answer.status,
    reason: refusal.message,
    method: request.method,
    target: request.target,
  })
  return answer
}
