import { cacheKey } from '../cache/cache-key.ts'
import { dropKept, readThrough } from '../cache/read-through.ts'
import { addDependency, type Dependencies } from '../context/dependencies.ts'
import { isDraft } from '../context/draft-mode.ts'
import {
  createContext,
  findContext,
  nobody,
  runInContext,
  type RequestContext,
} from '../context/request-context.ts'
import { isNormalPath } from '../wire/tag.ts'
import { afterAnswer } from './after-answer.ts'
import type { App } from './app.ts'
import { collectBody } from './collect-body.ts'
import {
  abandoned,
  isPipeable,
  type PipeableBody,
  type ServerAnswer,
  type ServerRequest,
} from './exchange.ts'
import { encodeKept, keptAnswer } from './kept-body.ts'
import { pageLife, type PageLife } from './page-life.ts'
import type { PagePlan } from './page-plan.ts'
import { pageTags } from './page-tags.ts'
import type { Target } from './target.ts'

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
 * visitors, unless something in it reads the request; every other one, and all for who previews
 * drafts, for each visitor.
 */
export async function answerPage(page: PageRequest): Promise<ServerAnswer> {
  const { app, request, plan, variant } = page
  const visit = createContext('render', plan.target.pathname, request)
  const life = pageLife(plan)
  const isForVisitor = request.nonce !== undefined || isDraft(visit)
  if (!life || isForVisitor || !mayKeep(page)) return answerVisitor(page, visit)
  const key = cacheKey(`page ${app.config.build} ${variant}`, keptName(plan.target))
  if (visitorPages.has(key)) return answerVisitor(page, visit, key)
  visit.pageTags = pageTags(plan)
  const name = `the page ${plan.target.href}`
  const run = (visitor: RequestContext | null): Promise<string> =>
    renderForAll(page, { key, life, visitor })
  try {
    const work = { key, name, tags: [], life: life.life, run }
    return await keptAnswer(await runInContext(visit, () => readThrough(work)), request)
  } catch (error) {
    if (error !== abandoned && !(error instanceof VisitorPage)) throw error
    const isOwn = error instanceof VisitorPage && error.visitor === visit
    return isOwn ? error.answer : answerVisitor(page, visit, key)
  }
}

/**
 * Anybody can make up search parameters, ways to spell a path and pages that are come from: pages
 * that are asked for by such would take the place of those that others want. Development
 * renders what was just edited.
 */
function mayKeep({ app, plan }: PageRequest): boolean {
  const { pathname, search, shown = pathname } = plan.target
  const isOwn = plan.on === undefined && [plan, ...plan.slots].every(({ isKept }) => !isKept)
  const isNormal = search === '' && isNormalPath(pathname) && isNormalPath(shown)
  return isOwn && isNormal && !app.isDevelopment
}

/** What is rendered tells its address, which a rewrite makes another one. No target holds a space. */
function keptName({ href, shown }: Target): string {
  return shown === undefined ? href : `${href} ${shown}`
}

async function answerVisitor(
  { app, render }: PageRequest,
  visit: RequestContext,
  key?: string,
): Promise<ServerAnswer> {
  const answer = await render(visit)
  const finish = afterAnswer(app, visit)
  if (key === undefined) return { ...answer, onFinish: finish }
  const onFinish = (): void => {
    const { readsRequest, hasFailed } = visit.dependencies
    // Only now everything has been rendered. The next visitor may make it for all.
    if (answer.status === 200 && readsRequest === null && !hasFailed) visitorPages.delete(key)
    finish()
  }
  return { ...answer, onFinish }
}

/** Pages that may be kept, as their files say, but could not be: nobody waits for another's. */
const visitorPages = new Set<string>()
const maxVisitorPages = 10_000

function noteVisitorPage(key: string): void {
  visitorPages.add(key)
  const [oldest = key] = visitorPages
  if (visitorPages.size > maxVisitorPages) visitorPages.delete(oldest)
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

type ForAll = { key: string; life: PageLife; visitor: RequestContext | null }

/** @throws VisitorPage, or `abandoned` in the background, for what may not be kept */
async function renderForAll(page: PageRequest, forAll: ForAll): Promise<string> {
  const { app, plan, request, render } = page
  const { life, visitor } = forAll
  const context = createContext('render', plan.target.pathname, visitor ? request : nobody)
  context.isKept = true
  const answer = { ...(await render(context)), onFinish: afterAnswer(app, context) }
  const { dependencies } = context
  const isForOne = (): boolean =>
    dependencies.hasFailed || (!life.isForced && dependencies.readsRequest !== null)
  const isComplete = answer.status === 200 && isPipeable(answer.body) && !isForOne()
  const body = isComplete ? await collectBody(answer.body as PipeableBody) : answer.body
  if (!Buffer.isBuffer(body) || isForOne()) {
    return giveUp(forAll, { ...answer, body }, dependencies)
  }
  answer.onFinish()
  const making = findContext()
  if (making) addDependency(making.dependencies, dependencies)
  return encodeKept(answer.headers, body)
}

/** What has failed may do better the next time; a page that is gone, or for one now, is not kept. */
async function giveUp(
  { key, visitor }: ForAll,
  answer: ServerAnswer,
  { hasFailed }: Dependencies,
): Promise<never> {
  const mayRecover = answer.status === 200 ? hasFailed : answer.status >= 500
  // Until then the page that is kept is better than none.
  if (visitor || !mayRecover) noteVisitorPage(key)
  if (visitor) throw new VisitorPage(visitor, answer)
  if (isPipeable(answer.body)) answer.body.abort(abandoned)
  if (!mayRecover) await dropKept(key)
  throw abandoned
}
