import { answerTicket } from './answer-ticket.ts'
import type { App } from './app.ts'
import { type Entrance, entranceOf } from './entrance.ts'
import type { Handler, ServerAnswer, ServerRequest } from './exchange.ts'
import { failureAnswer } from './failure-answer.ts'
import { answerHealth } from './health.ts'
import { isOpen, ownTarget, pass, type Passage } from './passage.ts'
import { Refusal } from './refusal.ts'
import { requestLog } from './request-log.ts'
import { withHeaders } from './response-answer.ts'
import { parseTarget } from './target.ts'

/** The whole of Volley on the server: every request comes in here. */
export function createHandler(shared: App): Handler {
  return async (request) => {
    const app = { ...shared, log: requestLog(shared, request) }
    const leave = app.lifecycle.enter()
    try {
      return await dispatch(app, request)
    } catch (error) {
      return failureAnswer(app, request, error)
    } finally {
      leave()
    }
  }
}

async function dispatch(app: App, request: ServerRequest): Promise<ServerAnswer> {
  const received = parseTarget(request.target)
  if (!received) throw new Refusal('bad-request', 'The target of a request is a path')
  const health = answerHealth(app, request, received.pathname)
  if (health) return health
  const ticket = answerTicket(app, request)
  if (ticket) return ticket
  const entrance = entranceOf(app, request, received)
  if (isOpen(app)) return entrance.answer(request, ownTarget(entrance.asked, app.config.site))
  const passage = await pass(app, request, entrance.asked)
  const answer = await answerPassage(entrance, passage).catch((error: unknown) =>
    failureAnswer(app, request, error),
  )
  return withPassage(answer, passage)
}

async function answerPassage(entrance: Entrance, passage: Passage): Promise<ServerAnswer> {
  switch (passage.kind) {
    case 'pass':
      return entrance.answer(passage.request, passage.target)
    case 'redirect':
      return entrance.redirect(passage)
    default:
      return passage.answer
  }
}

function withPassage(answer: ServerAnswer, { headers, onFinish }: Passage): ServerAnswer {
  const whole = withHeaders(answer, headers)
  if (!onFinish) return whole
  return {
    ...whole,
    onFinish() {
      answer.onFinish?.()
      onFinish()
    },
  }
}
