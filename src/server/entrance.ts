import type { RequestContext } from '../context/request-context.ts'
import { callHeader } from '../wire/header.ts'
import { pageHref } from '../wire/payload-path.ts'
import type { App } from './app.ts'
import { answerBatch } from './batch.ts'
import { answerCall } from './call.ts'
import { answerDocument } from './document.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'
import { answerForm, guardForm } from './form.ts'
import { guardCall } from './guard.ts'
import { guardBatch } from './guard-batch.ts'
import { answerPage } from './kept-page.ts'
import type { Passage } from './passage.ts'
import { answerPayload } from './payload-answer.ts'
import { planTarget } from './plan-target.ts'
import { redirectPayload } from './redirect-payload.ts'
import { Refusal } from './refusal.ts'
import { answerRouteHandler } from './route-handler.ts'
import { shownHref, withoutBase } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

/** How a request is answered, by what it asks for. What must be refused before middleware is. */
export type Entrance = {
  /** The path that is asked for, with the base path. */
  asked: Target
  answer: (request: ServerRequest, target: Target) => Promise<ServerAnswer>
  redirect: (passage: RedirectPassage) => Promise<ServerAnswer>
}

type RedirectPassage = Extract<Passage, { kind: 'redirect' }>

/** @throws Refusal */
export function entranceOf(app: App, request: ServerRequest, received: Target): Entrance {
  if (request.headers[callHeader] !== undefined) return callEntrance(app, request, received)
  const href = pageHref(received.href, app.config.site.basePath)
  return href === null ? visitEntrance(app, request, received) : payloadEntrance(app, request, href)
}

function callEntrance(app: App, request: ServerRequest, asked: Target): Entrance {
  return {
    asked,
    answer: callAnswerer(app, request),
    redirect: ({ request: next, redirected }) =>
      redirectPayload(app, next, { redirected, history: 'push' }),
  }
}

/** @throws Refusal */
function callAnswerer(app: App, request: ServerRequest): Entrance['answer'] {
  const batch = guardBatch(request, app)
  if (batch) return (passed, target) => answerBatch({ app, request: passed, target, batch })
  const call = guardCall(request, app)
  return (passed, target) => answerCall({ app, request: passed, target, call })
}

function payloadEntrance(app: App, request: ServerRequest, href: string): Entrance {
  const asked = parseTarget(href)
  if (!asked || request.method !== 'GET') throw new Refusal('not-found', 'No such payload')
  return {
    asked,
    answer: (passed, target) => answerPayload(app, passed, target),
    redirect: ({ request: next, redirected }) =>
      redirectPayload(app, next, { redirected, history: 'replace' }),
  }
}

function visitEntrance(app: App, request: ServerRequest, asked: Target): Entrance {
  const { site } = app.config
  const own = withoutBase(asked, site)
  const isForm = request.method === 'POST' && own !== null && isPage(app, own)
  if (isForm && app.middleware) guardForm(app, request)
  return {
    asked,
    answer(passed, target) {
      const address = shownHref(target, site)
      const isOther = site.trailingSlash && address !== asked.href && isPage(app, target)
      return isOther && request.method !== 'POST'
        ? redirectTo(address, 308)
        : answerVisit(app, passed, target)
    },
    redirect: ({ redirected, status }) => redirectTo(redirected.to, status),
  }
}

async function redirectTo(to: string, status: number): Promise<ServerAnswer> {
  return { status, headers: [['location', to]], body: null }
}

function isPage(app: App, { pathname }: Target): boolean {
  const { kind } = app.match(pathname)
  return kind === 'page' || kind === 'default'
}

async function answerVisit(
  app: App,
  request: ServerRequest,
  target: Target,
): Promise<ServerAnswer> {
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
