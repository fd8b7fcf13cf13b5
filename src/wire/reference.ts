/**
 * The id of a server function: opaque to everybody but its last character, which tells how many
 * parameters the function declares, so that a caller can drop what the function does not take.
 *
 * A production id is 128 bits in base64url and that character. A development id is readable:
 * `app/actions.ts#create` and that character.
 */
const arities = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-'
const anyArity = '_'

/** The longest id that a server looks up; a longer one is not an id. */
export const maxIdLength = 128

/** `count` is the number of declared parameters; `null` means "any", as with a rest parameter. */
export function withArity(name: string, count: number | null): string {
  const arity = count === null ? anyArity : (arities[count] ?? anyArity)
  return name + arity
}

/** The arguments that the function declares; those beyond are not worth sending. */
export function trimArguments(id: string, args: readonly unknown[]): unknown[] {
  const count = arities.indexOf(id.at(-1) ?? anyArity)
  return count === -1 ? [...args] : args.slice(0, count)
}
