import { callCached } from './cached.ts'

export { captured } from '../flight/captured.ts'
export { at } from './cache-key.ts'

/**
 * What compiled code makes of a function with `'use cache'`: its arguments, the variables that it
 * captured first among them, are the key. `id` is different for each function and each text of it,
 * `name` is for messages.
 */
export function cache<args extends unknown[], result>(
  fn: (...args: args) => Promise<result>,
  id: string,
  name: string,
): (...args: args) => Promise<result> {
  return (...args) => callCached({ fn, id, name, args, tags: () => [], life: null })
}
