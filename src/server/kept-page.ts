import { cacheKey } from '../cache/cache-key.ts'
import { readThrough } from '../cache/read-through.ts'
import { addDependency } from '../context/dependencies.ts'
import {
  createContext,
  findContext,
  runInContext,
  type ContextRequest,
  type RequestContext,
} from '../context/request-context.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { collectBody } from './collect-body.ts'
import { abandoned, type PipeableBody, type ServerAnswer, type ServerRequest } from './exchange.ts'
import { encodeKept, keptAnswer } from './kept-body.ts'
import { pageLife, type PageLife } from './page-life.ts'
import type { PagePlan } from './page-plan.ts'
import { pageTags } from './page-tags.ts'

export type PageRequest = {
  app: App
  request: ServerRequest
  plan: PagePlan
  /** Tells the HTML of a page from its payloads. */
  variant: string
  render: (context: RequestContext) => Promise<ServerAnswer>
}

/**
 * Answers a GET of a page. One whose files say how long it may be kept is rendered once for all
 * visitors, unless something in it reads the request; every other one for each visitor.
 */
export async function answerPage(page: PageRequest): Promise<ServerAnswer> {
  const { app, request, plan, variant } = page
  const kept = app.isDevelopment ? null : pageLife(plan.loaded)
  const visit = pageContext(plan, kept?.isForced ? nobody : request)
  const key = cacheKey(`page ${app.config.build} ${variant}`, plan.target.href)
  if (!kept || visitorPages.has(key)) return answerVisitor(page, { visit, key })
  const { life } = kept
  const name = `the page ${plan.target.href}`
  const run = (visitor: RequestContext | null): Promise<string> =>
    renderForAll(page, { kept, visitor })
  try {
    const read = (): Promise<string> => readThrough({ key, name, tags: [], life, run })
    return await keptAnswer(await runInContext(visit, read), request)
  } catch (error) {
    if (error !== abandoned && !(error instanceof VisitorPage)) throw error
    noteVisitorPage(key)
    const isOwn = error instanceof VisitorPage && error.visitor === visit
    return isOwn ? error.answer : answerVisitor(page, { visit, key })
  }
}

async function answerVisitor(
  { app, render }: PageRequest,
  { visit, key }: { visit: RequestContext; key: string },
): Promise<ServerAnswer> {
  const answer = await render(visit)
  if (visit.dependencies.readsRequest === null) visitorPages.delete(key)
  return { ...answer, onFinish: afterAnswer(app, visit) }
}

/** Pages that may be kept, as their files say, but could not be: nobody waits for another's. */
const visitorPages = new Set<string>()
const maxVisitorPages = 10_000

function noteVisitorPage(key: string): void {
  if (visitorPages.size >= maxVisitorPages) visitorPages.clear()
  visitorPages.add(key)
}

/** What was rendered is for one visitor, whose answer it is. */
class VisitorPage extends Error {
  override name = 'VisitorPage'
  readonly visitor: RequestContext
  readonly answer: ServerAnswer

  constructor(visitor: RequestContext, answer: ServerAnswer) {
    super(`${visitor.where} cannot be kept`)
    this.visitor = visitor
    this.answer = answer
  }
}

type ForAll = { kept: PageLife; visitor: RequestContext | null }

/** @throws VisitorPage, or `abandoned` in the background, for what may not be kept */
async function renderForAll(page: PageRequest, { kept, visitor }: ForAll): Promise<string> {
  const { app, plan, request, render } = page
  const context = pageContext(plan, kept.isForced || visitor === null ? nobody : request)
  const { dependencies } = context
  const isForOne = (): boolean =>
    dependencies.hasFailed || (!kept.isForced && dependencies.readsRequest !== null)
  const answer = { ...(await render(context)), onFinish: afterAnswer(app, context) }
  const { status, headers, body } = answer
  if (status !== 200 || !isRendered(body) || isForOne()) {
    if (visitor) throw new VisitorPage(visitor, answer)
    if (isRendered(body)) body.abort(abandoned)
    throw abandoned
  }
  const bytes = await collectBody(body)
  if (isForOne()) {
    throw visitor ? new VisitorPage(visitor, { ...answer, body: bytes }) : abandoned
  }
  answer.onFinish()
  const making = findContext()
  if (making) addDependency(making.dependencies, dependencies)
  return encodeKept(headers, bytes)
}

function pageContext(plan: PagePlan, request: ContextRequest): RequestContext {
  const context = createContext('render', plan.target.pathname, request)
  context.pageTags = pageTags(plan)
  return context
}

/** Who sends no cookies and no headers. */
const nobody: ContextRequest = { headers: {}, signal: new AbortController().signal }

function isRendered(body: ServerAnswer['body']): body is PipeableBody {
  return typeof body === 'object' && body !== null && 'pipe' in body
}
