import { ReplyError } from '../flight/reply-limits.ts'
import { Refusal } from './refusal.ts'

/** A malformed body is its sender's fault; a module of the app that fails to load is the app's. */
export function refuseReply(error: unknown): never {
  if (error instanceof ReplyError) throw new Refusal('bad-request', error.message)
  throw error
}
