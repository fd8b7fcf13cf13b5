/**
 * The id of a server function: opaque to everybody but its last character, which tells how many
 * parameters the function declares, so that a caller can drop what the function does not take.
 *
 * A production id is 128 bits in base64url and that character. A development id is readable:
 * `app/actions.ts#create` and that character.
 */
const radix = 36
const anyArity = '_'

/** The longest id that a server looks up; a longer one is not an id. */
export const maxIdLength = 128

/** `count` is the number of declared parameters; `null` means "any", as with a rest parameter. */
export function withArity(name: string, count: number | null): string {
  return name + (count === null || count >= radix ? anyArity : count.toString(radix))
}

/** The arguments that the function declares; those beyond are not worth sending. */
export function trimArguments(id: string, args: readonly unknown[]): unknown[] {
  const count = Number.parseInt(id.slice(-1), radix)
  return args.slice(0, count >= 0 ? count : undefined)
}

/** What the id of a server function is made of. */
export type FunctionIdentity = {
  /** Relative to the root of the app, with forward slashes. */
  path: string
  /**
   * The export's name. For an inline function: the names of the functions around it and its own,
   * and `~2`, `~3` … where those do not tell it apart.
   */
  name: string
  /** Hash of an inline function's source and captures; '' for an export. */
  hash: string
  /** The number of declared parameters; `null` for "any". */
  arity: number | null
}
