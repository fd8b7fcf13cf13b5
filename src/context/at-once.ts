/**
 * A promise of what `read` gives, with its members on the promise itself: before Next.js 15 apps
 * read cookies, headers and parameters without `await`, and such apps run as well.
 */
export function alsoAtOnce<T extends object>(read: () => T): Promise<T> {
  try {
    const value = read()
    return Object.defineProperties(Promise.resolve(value), membersOf(value))
  } catch (error) {
    return Promise.reject(error)
  }
}

/** What makes a promise one is never replaced, be it by a parameter named `then`. */
const ownOfPromises = new Set([
  'then',
  'catch',
  'finally',
  'constructor',
  'status',
  'value',
  'reason',
])

function membersOf(value: object): PropertyDescriptorMap {
  const source = value instanceof Headers ? readersOf(value) : value
  const members = Object.getOwnPropertyDescriptors(source)
  for (const name of ownOfPromises) delete members[name]
  return members
}

/** Methods of `Headers` work on nothing else. */
function readersOf(headers: Headers): object {
  return {
    get: (name: string) => headers.get(name),
    has: (name: string) => headers.has(name),
    getSetCookie: () => headers.getSetCookie(),
    entries: () => headers.entries(),
    keys: () => headers.keys(),
    values: () => headers.values(),
    forEach: (...callback: Parameters<Headers['forEach']>) => headers.forEach(...callback),
    [Symbol.iterator]: () => headers[Symbol.iterator](),
  }
}
