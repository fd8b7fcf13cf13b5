import { showsOthers } from '../routes/shows-others.ts'
import { decodeMounted, slotsHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { pass } from './passage.ts'
import { type EarlierPage, parsePage } from './page-name.ts'
import { pageRequest } from './passed-request.ts'
import { reportError } from './report-error.ts'
import { withoutBase } from './site-path.ts'

/** More than anybody has slots that were each left behind by another page. */
const maxEarlier = 10

/**
 * The pages that the browser still shows something of, as it says: each goes through what a request for
 * it does, and its path is matched anew. An app whose pages show nothing of others asks for none.
 */
export function earlierPages(
  app: App,
  request: ServerRequest,
): readonly EarlierPage[] | Promise<readonly EarlierPage[]> {
  const root = app.match('/').nodes[0]?.node
  return root && showsOthers(root) ? namedPages(app, request) : none
}

const none: readonly EarlierPage[] = []

async function namedPages(app: App, request: ServerRequest): Promise<readonly EarlierPage[]> {
  const names = [...decodeMounted(headerOf(request.headers, slotsHeader))].slice(0, maxEarlier)
  const passed = await Promise.all(names.map((name) => passedPage(app, request, name)))
  return passed.filter((page) => page !== null)
}

async function passedPage(
  app: App,
  request: ServerRequest,
  name: string,
): Promise<EarlierPage | null> {
  const asked = parsePage(name)
  if (!asked || !withoutBase(asked, app.config.site)) return null
  try {
    const passage = await pass(app, pageRequest(request, request.headers), asked)
    passage.onFinish?.()
    if (passage.kind !== 'pass') return null
    const { on } = asked
    return { ...passage.target, ...(on === undefined ? {} : { on }) }
  } catch (error) {
    // The page that was asked for is there without what it keeps of this one.
    reportError(error, app.log, asked.pathname)
    return null
  }
}
