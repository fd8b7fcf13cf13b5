const callbacks = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/** Calls back once, when the element is on the screen or soon will be. All elements share one observer. */
export function whenVisible(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver(report, { rootMargin: '200px' })
  callbacks.set(element, callback)
  observer.observe(element)
  return () => observer?.unobserve(element)
}

function report(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    observer?.unobserve(target)
    callbacks.get(target)?.()
  }
}
