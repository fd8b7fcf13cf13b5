/** Calls back when the document has loaded and the browser has nothing to do; the result cancels. */
export function whenIdle(callback: () => void): () => void {
  const controller = new AbortController()
  const { signal } = controller
  const run = (): void => {
    if (!signal.aborted) callback()
  }
  // Safari has no idle callbacks.
  const wait = (): void =>
    void ('requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run, 1))
  if (document.readyState === 'complete') wait()
  else window.addEventListener('load', wait, { signal })
  return () => controller.abort()
}
