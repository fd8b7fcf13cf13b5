import type { Redis } from 'ioredis'

/** Lets questions through while Redis answers: from the first failure on nobody waits for it. */
export interface Circuit {
  /** `null` at once while the circuit is open, and where it opens before the answer is there. */
  readonly through: <reply>(ask: () => Promise<reply>) => Promise<reply | null>
  /** Opens it: a command has failed elsewhere. */
  readonly fail: (error: unknown) => void
}

/** After a refusal, in milliseconds. A lost connection needs no delay: it tells when it is back. */
const retryDelay = 1000

/**
 * Reports once for each outage. `catchUp` comes before the first question after it; while that
 * rejects, the circuit stays open.
 */
export function createCircuit(
  redis: Redis,
  report: (error: unknown) => void,
  catchUp: () => Promise<unknown>,
): Circuit {
  let isOpen = redis.status !== 'ready'
  let isReported = false
  let isCatchingUp = false
  let failures = 0
  let retry: NodeJS.Timeout | undefined

  const open = (error: unknown): void => {
    isOpen = true
    failures++
    // Whoever closes the connection for good knows it.
    if (!isReported && redis.status !== 'end') report(error)
    isReported = true
    closeLater()
  }
  const closeLater = (): void => {
    clearTimeout(retry)
    retry = setTimeout(close, retryDelay).unref()
  }
  /** Without a connection a command cannot say why it failed: the connection does. */
  const fail = (error: unknown): void => {
    if (redis.status === 'ready') open(error)
  }

  const close = async (): Promise<void> => {
    if (!isOpen || isCatchingUp || redis.status !== 'ready') return
    isCatchingUp = true
    const before = failures
    try {
      await catchUp()
      isOpen = failures !== before
      isReported = isOpen
    } catch (error) {
      fail(error)
    } finally {
      isCatchingUp = false
      // Its time may have come while this was under way, and no event may come any more.
      if (isOpen) closeLater()
    }
  }

  redis.on('error', open)
  redis.on('close', () => open(new Error('The connection to Redis was closed')))
  redis.on('ready', close)

  return {
    fail,
    async through(ask) {
      if (isOpen) return null
      const before = failures
      try {
        const reply = await ask()
        return failures === before ? reply : null
      } catch (error) {
        if (failures === before) fail(error)
        return null
      }
    },
  }
}
