import { inspect } from 'node:util'

/** What was thrown, as text for the log. Anything can be thrown, also what throws when looked at. */
export function inspectThrown(thrown: unknown): string {
  try {
    return inspect(thrown)
  } catch {
    return 'A value was thrown that throws when it is inspected.'
  }
}
