import type { RequestContext } from '../context/request-context.ts'
import { callHeader } from '../wire/header.ts'
import { pageHref } from '../wire/payload-path.ts'
import type { App } from './app.ts'
import { answerCall } from './call.ts'
import { answerDocument } from './document.ts'
import type { Handler, ServerAnswer, ServerRequest } from './exchange.ts'
import { errorAnswer } from './error-answer.ts'
import { answerForm } from './form.ts'
import { answerHealth } from './health.ts'
import { answerPage } from './kept-page.ts'
import { answerPayload } from './payload-answer.ts'
import { planTarget } from './plan-target.ts'
import { isRefusal, Refusal, refusalAnswer } from './refusal.ts'
import { requestLog } from './request-log.ts'
import { answerRouteHandler } from './route-handler.ts'
import { parseTarget } from './target.ts'

/** The whole of Volley on the server: every request comes in here. */
export function createHandler(shared: App): Handler {
  return async (request) => {
    const app = { ...shared, log: requestLog(shared.log, request, shared.config.server) }
    const leave = app.lifecycle.enter()
    try {
      return await dispatch(app, request)
    } catch (error) {
      if (isRefusal(error)) return refuse(app, request, error)
      return errorAnswer(error, app.log, request.target)
    } finally {
      leave()
    }
  }
}

async function dispatch(app: App, request: ServerRequest): Promise<ServerAnswer> {
  const target = parseTarget(request.target)
  if (!target) throw new Refusal('bad-request', 'The target of a request is a path')
  if (request.headers[callHeader] !== undefined) return answerCall(app, request, target)
  const health = answerHealth(app, target.pathname)
  if (health) return health
  const href = pageHref(target.href)
  if (href !== null) return answerPayload(app, request, href)

  const match = app.match(target.pathname)
  if (match.kind === 'handler') return answerRouteHandler({ app, request, match, target })
  if (!pageMethods.includes(request.method)) {
    const headers: [string, string][] = [['allow', pageMethods.join(', ')]]
    throw new Refusal('method', 'A page answers GET, HEAD and forms', { headers })
  }
  const plan = await planTarget(app, target)
  if (!plan) throw new Refusal('not-found', 'No such page')
  if (request.method === 'POST') return answerForm(app, request, plan)
  const render = (context: RequestContext): Promise<ServerAnswer> =>
    answerDocument({ app, context, plan })
  return answerPage({ app, request, plan, variant: 'document', render })
}

const pageMethods = ['GET', 'HEAD', 'POST']

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
