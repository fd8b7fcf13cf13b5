import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { onTestFinished, vi } from 'vitest'
import { PageRoot, type PageRootProps } from '../../src/view/page-root.tsx'
import type { Router } from '../../src/view/router-context.ts'
import type { Route } from '../../src/wire/payload.ts'

Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)

type PageState = Omit<PageRootProps, 'router' | 'regions'> & { regions: Record<string, ReactNode> }

export type Shown = {
  /** What the components asked of the router: `push /x {"scroll":false}`. */
  asked: string[]
  show: (state: Partial<PageState>) => Promise<void>
  /** Errors that reached no boundary, or that one reported. */
  errors: unknown[]
}

export function routeOf(href: string, ...regions: string[]): Route {
  const [key = ''] = href.split('?')
  const chain = regions.map((id, depth) =>
    id.startsWith('page:') ? { id, depth, key } : { id, depth },
  )
  const segments = key.split('/').filter(Boolean)
  return { href, status: 200, chain, head: 'head', params: {}, segments, tags: [] }
}

/** Renders a page into this test's document, with a router that only notes what it is asked. */
export async function showPage(initial: PageState): Promise<Shown> {
  const asked: string[] = []
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      const texts = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))
      asked.push([name, ...texts].join(' ').trim())
    }
  const names = ['push', 'replace', 'refresh', 'back', 'forward', 'prefetch'] as const
  const router = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as Router
  const errors: unknown[] = []
  const root = createDocumentRoot(errors)
  let state = initial
  const show = (changes: Partial<PageState>) => {
    state = { ...state, ...changes }
    const entries = Object.entries(state.regions)
    const regions = Object.fromEntries(entries.map(([id, element]) => [id, { element }]))
    return act(async () => root.render(<PageRoot {...state} regions={regions} router={router} />))
  }
  await show({})
  return { asked, show, errors }
}

/** Renders one component as the only page of a document. */
export function showComponent(element: ReactNode, href = '/'): Promise<Shown> {
  const page = (
    <html>
      <body>{element}</body>
    </html>
  )
  return showPage({ route: routeOf(href, 'layout:/'), regions: { 'layout:/': page } })
}

function createDocumentRoot(errors: unknown[]): Root {
  const root = createRoot(document, {
    onCaughtError: (error) => errors.push(error),
    onUncaughtError: (error) => errors.push(error),
  })
  onTestFinished(async () => {
    await act(async () => root.unmount())
    vi.unstubAllGlobals()
  })
  return root
}

export function text(): string {
  return document.body.textContent ?? ''
}

export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`No ${selector} in ${document.documentElement.outerHTML}`)
  return found
}
