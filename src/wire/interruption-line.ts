import type { Interruption } from './control-flow.ts'

/** What an interruption is in HTTP: shown where an app has no file for it. */
export const interruptionLine: Readonly<Record<Interruption, string>> = {
  'not-found': '404 This page could not be found.',
  forbidden: '403 Forbidden',
  unauthorized: '401 Unauthorized',
}
