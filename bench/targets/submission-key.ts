import type { Request } from '../load/request.ts'

/**
 * The key of a submission: Volley runs each only once, so a load that repeated one would only ask
 * for the first answer again. A call has it in a header, a form in a field.
 */
export function submissionKeyOf({ headers, body = '' }: Request): string | undefined {
  const field = /name="\$ACTION_CALL_KEY"\r\n\r\n([\w-]+)/.exec(
    Buffer.from(body, 'base64').toString(),
  )
  return headers['volley-key'] ?? field?.[1]
}
