import type { Router } from './router-context.ts'

let observer: IntersectionObserver | undefined

/** Prefetches the page of a link while it can be seen. All links share one observer. */
export function prefetchWhenVisible(link: HTMLAnchorElement, router: Router): () => void {
  const visible = (observer ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) router.prefetch((target as HTMLAnchorElement).href)
    }
  }))
  visible.observe(link)
  return () => visible.unobserve(link)
}
