import type { Redis, RedisOptions } from 'ioredis'

/** In milliseconds: nobody waits longer for Redis than this. */
const timeout = 1000

const options = {
  lazyConnect: true,
  connectTimeout: timeout,
  commandTimeout: timeout,
  // A connection that is silent while commands wait is replaced: a new one may well work.
  socketTimeout: timeout,
  disconnectTimeout: timeout,
  // Commands fail at once without a connection, or when it is lost, and are never sent twice.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  maxLoadingRetryTime: timeout,
  retryStrategy: () => 200,
  // After a failover the address leads to another Redis, but the connection does not.
  reconnectOnError: ({ message }) => message.startsWith('READONLY'),
} satisfies RedisOptions

/**
 * A client for the Redis or Valkey at this address, `redis://` or, with TLS, `rediss://`. It comes
 * when the first attempt to connect has ended; further ones are made for as long as it takes.
 */
export async function connectRedis(url: string): Promise<Redis> {
  const address = parseAddress(url)
  // Only who wants Redis loads its client.
  const { Redis } = await import('ioredis')
  const redis = new Redis(address, options)
  // Without a listener they would be printed. A store reports them.
  redis.on('error', () => undefined)
  await redis.connect().catch(() => undefined)
  return redis
}

/** @throws without the text, in which there may be a password */
function parseAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^rediss?:$/.test(url.protocol) && url.hostname && /^\/?\d*$/.test(url.pathname)) {
    return url.href
  }
  throw new Error(
    'REDIS_URL is not the address of a Redis. It must look like redis://host:6379, ' +
      'redis://user:password@host:6379/0 or, with TLS, rediss://host:6379; ' +
      'characters such as "@" or "/" of a password are written as in URLs, "%40" or "%2F".',
  )
}
