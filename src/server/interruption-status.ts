import type { Interruption } from '../wire/control-flow.ts'

/** What an interruption is in HTTP, whoever threw it. */
export const interruptionStatus: Readonly<Record<Interruption, number>> = {
  'not-found': 404,
  forbidden: 403,
  unauthorized: 401,
}
