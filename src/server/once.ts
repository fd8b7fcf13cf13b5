const making = new WeakMap<object, Promise<unknown>>()

/** What `make` gives, made once for each key. What fails is tried again. */
export function once<made>(key: object, make: () => Promise<made>): Promise<made> {
  const known = making.get(key) as Promise<made> | undefined
  if (known) return known
  const made = make()
  making.set(key, made)
  made.catch(() => making.delete(key))
  return made
}
