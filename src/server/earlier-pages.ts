import { decodeMounted, slotsHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { pass } from './passage.ts'
import { pageRequest } from './passed-request.ts'
import { reportError } from './report-error.ts'
import { withoutBase } from './site-path.ts'
import { parseTarget, type Target } from './target.ts'

/** More than anybody has slots that were each left behind by another page. */
const maxEarlier = 10

/**
 * The pages that the browser still shows slots of, as it says: each goes through what a request for
 * it does, and its path is matched anew.
 */
export async function earlierPages(app: App, request: ServerRequest): Promise<Target[]> {
  const hrefs = [...decodeMounted(headerOf(request.headers, slotsHeader))].slice(0, maxEarlier)
  const passed = await Promise.all(hrefs.map((href) => passedPage(app, request, href)))
  return passed.filter((target) => target !== null)
}

async function passedPage(app: App, request: ServerRequest, href: string): Promise<Target | null> {
  const asked = parseTarget(href)
  if (!asked || !withoutBase(asked, app.config.site)) return null
  try {
    const passage = await pass(app, pageRequest(request, request.headers), asked)
    passage.onFinish?.()
    return passage.kind === 'pass' ? passage.target : null
  } catch (error) {
    // The page that was asked for is there without what it keeps of this one.
    reportError(error, app.log, asked.pathname)
    return null
  }
}
