import { router } from './navigate.ts'

type TransitionStart = (url: string, kind: 'push' | 'replace' | 'traverse') => unknown

/**
 * Tells what an app's `instrumentation-client.ts` exports as `onRouterTransitionStart` of each
 * navigation that begins. Only apps with that file load this.
 */
export function tellTransitions({ onRouterTransitionStart: told }: Record<string, unknown>): void {
  if (typeof told !== 'function') return
  const tell: TransitionStart = (url, kind) => {
    try {
      ;(told as TransitionStart)(url, kind)
    } catch (error) {
      // Who observes a navigation does not stop it.
      reportError(error)
    }
  }
  for (const kind of ['push', 'replace'] as const) {
    const navigate = router[kind]
    router[kind] = (href, options) => {
      tell(href, kind)
      navigate(href, options)
    }
  }
  addEventListener('popstate', () => tell(location.href, 'traverse'))
}
