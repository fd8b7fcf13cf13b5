import { StaleFunctionError } from '../../errors.ts'

/** Whether a call failed because the build that answered does not have its function. */
export function isUnrecognizedActionError(error: unknown): error is StaleFunctionError {
  return error instanceof StaleFunctionError
}
