import type { AppConfig } from './config.ts'
import { expectedPattern, isOriginPattern } from './origin-pattern.ts'

type Environment = Record<string, string | undefined>

export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/**
 * The hosts of `VOLLEY_ALLOWED_ORIGINS`, separated by commas: what is only known where the app runs.
 * @throws EnvironmentError naming the one that is no host
 */
export function allowedOriginsOf(environment: Environment): string[] {
  const hosts = (environment['VOLLEY_ALLOWED_ORIGINS'] ?? '').split(',').map((host) => host.trim())
  for (const host of hosts.filter(Boolean)) {
    if (isOriginPattern(host)) continue
    throw new EnvironmentError(
      `VOLLEY_ALLOWED_ORIGINS holds ${JSON.stringify(host)}, but each of its hosts, separated by ` +
        `commas, must be ${expectedPattern}.`,
    )
  }
  return hosts.filter(Boolean)
}

/** Adds them to those of the app's options. */
export function withAllowedOrigins(config: AppConfig, hosts: readonly string[]): AppConfig {
  const { server } = config
  return { ...config, server: { ...server, allowedOrigins: [...server.allowedOrigins, ...hosts] } }
}
