import type { BrowserContext, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { App } from './app.ts'
import { browser } from './browser.ts'

export type Visit = {
  page: Page
  context: BrowserContext
  /** Console errors, console warnings and uncaught errors of the page so far. */
  problems: string[]
  /** `POST /posts`, in order, of every request so far; `documents` are the navigations alone. */
  requests: string[]
  documents: string[]
  /** What the page asked of the network while `act` ran and until it came to rest. */
  during: (act: () => Promise<unknown>) => Promise<string[]>
}

export type VisitOptions = {
  javaScript?: boolean
  /** The test looks at `problems` itself; otherwise it fails when there are any at its end. */
  problems?: 'expected'
  /** Headers of every request of this visitor. */
  headers?: Record<string, string>
  /** Do not wait for hydration. */
  early?: true
}

/** Opens a page in a browser profile of its own, which ends with the test. */
export async function visit(app: App, target: string, options: VisitOptions = {}): Promise<Visit> {
  const { javaScript = true, headers = {} } = options
  const context = await (
    await browser()
  ).newContext({
    baseURL: app.origin,
    javaScriptEnabled: javaScript,
    extraHTTPHeaders: headers,
  })
  context.setDefaultTimeout(10_000)
  // The first page of a development server waits for its dependencies to be bundled.
  context.setDefaultNavigationTimeout(45_000)
  const page = await context.newPage()
  const visitor = observe(page, context)
  onTestFinished(async () => {
    await endRoutes(context)
    await context.close()
    if (options.problems !== 'expected') expect(visitor.problems.join('\n')).toBe('')
  })
  await page.goto(target)
  if (javaScript && !options.early) await hydrated(page)
  return visitor
}

/** Waits until React has taken over every control of the page. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [
      document.body,
      ...document.querySelectorAll('a, button, form, input:not([type=hidden])'),
    ]
    return controls.every((control) =>
      Object.keys(control).some((key) => key.startsWith('__reactFiber$')),
    )
  })
}

/** Holds back every script of the pages to come, as a slow line would, until `release`. */
export async function holdScripts(context: BrowserContext): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = []
  let released = false
  await context.route('**/*', async (route) => {
    const isScript = route.request().resourceType() === 'script'
    if (isScript && !released) held.push(() => route.continue())
    else await route.continue()
  })
  return async () => {
    released = true
    // Scripts of a document that is gone can no longer be continued.
    await Promise.allSettled(held.map((next) => next()))
  }
}

/** The bodies of what the page is answered from now on: Chromium forgets those of streams. */
export async function recordAnswers(page: Page, url: string | RegExp): Promise<string[]> {
  const bodies: string[] = []
  await page.route(url, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 })
    bodies.push(await response.text())
    await route.fulfill({ response })
  })
  return bodies
}

/**
 * Requests that a test holds or changes may still be under way when it ends, and then fail. A test
 * that has closed its profile has no pages.
 */
async function endRoutes(context: BrowserContext): Promise<void> {
  const pages = context.pages()
  if (pages.length === 0) return
  const ends = [context, ...pages].map((routed) => routed.unrouteAll({ behavior: 'ignoreErrors' }))
  await Promise.all(ends)
}

/** In development an error covers the page until it is dismissed. */
export async function closeOverlay(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('vite-error-overlay')?.remove())
}

/** Reads a text as often as needed until it is the expected one. */
export async function expectText(page: Page, selector: string, text: string): Promise<void> {
  await expect
    .poll(() => page.locator(selector).textContent({ timeout: 1_000 }).catch(String))
    .toBe(text)
}

function observe(page: Page, context: BrowserContext): Visit {
  const problems: string[] = []
  const requests: string[] = []
  const documents: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    const problem = ['error', 'warning'].includes(message.type())
    // Chromium writes this about every answer of status 400 and above, wanted or not.
    const status = message.text().startsWith('Failed to load resource')
    if (problem && !status) problems.push(message.text())
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'data:' || url.pathname === '/favicon.ico') return
    const line = `${request.method()} ${url.pathname}${url.search}`
    requests.push(line)
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) documents.push(line)
  })
  return {
    page,
    context,
    problems,
    requests,
    documents,
    async during(act) {
      const before = requests.length
      await act()
      await atRest(page)
      return requests.slice(before)
    },
  }
}

/**
 * A request that should not be made can only be seen by waiting for it: until the page has been
 * idle twice, with time between for what an update's effects have started.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const idle = { timeout: 200 }
        requestIdleCallback(
          () => setTimeout(() => requestIdleCallback(() => resolve(), idle), 50),
          idle,
        )
      }),
  )
}
