import type { ServerConfig } from './config.ts'
import { headerOf, type ServerRequest } from './exchange.ts'

type Proxied = Pick<ServerRequest, 'headers' | 'remoteAddress' | 'protocol'>

/** The host that visitors see: configured, forwarded by a trusted proxy, or as the request has it. */
export function publicHost(request: Proxied, config: ServerConfig): string | undefined {
  if (config.origin !== null) return new URL(config.origin).host
  return forwarded(request, config, 'x-forwarded-host') ?? headerOf(request.headers, 'host')
}

/** The protocol that visitors use, with its colon left out. */
export function publicProtocol(request: Proxied, config: ServerConfig): string {
  if (config.origin !== null) return new URL(config.origin).protocol.slice(0, -1)
  return forwarded(request, config, 'x-forwarded-proto') ?? request.protocol
}

/** The first entry is what the proxy nearest to the visitor saw. */
function forwarded(request: Proxied, config: ServerConfig, header: string): string | null {
  if (!isTrustedPeer(request, config)) return null
  return headerOf(request.headers, header)?.split(',')[0]?.trim() || null
}

/** Is the peer a proxy whose headers count? */
export function isTrustedPeer({ remoteAddress }: Proxied, { trustProxy }: ServerConfig): boolean {
  if (typeof trustProxy === 'boolean') return trustProxy
  return remoteAddress !== undefined && trustProxy.includes(remoteAddress)
}
