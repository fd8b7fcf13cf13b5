/** Tells what runs for a request that nobody waits for its result any more. */
export interface CallSignal {
  /** The signal; it is made when somebody asks for it, which most calls never do. */
  get(): AbortSignal
  /** Aborts it, now or once it is made. */
  abort(reason: unknown): void
}

/** `client` gives the signal that is aborted when the client goes away. */
export function createCallSignal(client: () => AbortSignal): CallSignal {
  let controller: AbortController | null = null
  let signal: AbortSignal | null = null
  let aborted: { reason: unknown } | null = null
  return {
    get() {
      if (signal) return signal
      controller = new AbortController()
      if (aborted) controller.abort(aborted.reason)
      signal = AbortSignal.any([client(), controller.signal])
      return signal
    },
    abort(reason) {
      aborted ??= { reason }
      controller?.abort(reason)
    },
  }
}
