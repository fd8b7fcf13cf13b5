import { controlFlowOf } from '../../wire/control-flow.ts'

/** Whether a `catch` got what `redirect()` throws, which it has to throw again. */
export function isRedirectError(error: unknown): boolean {
  return controlFlowOf(error)?.kind === 'redirect'
}
