import { createContext, nobody, runInContext } from '../context/request-context.ts'
import { paramsOf, type MatchedNode, type Params } from '../routes/match-route.ts'
import type { App } from './app.ts'

/** A layout, page or route handler, and where in the chain of directories it lies. */
export type ListingModule = { module: Record<string, unknown>; depth: number; file: string }

export type ListedPath = {
  nodes: readonly MatchedNode[]
  /** From the root down. */
  modules: readonly ListingModule[]
}

/**
 * `listed`: `generateStaticParams` of its files names all parameters of the path. `refused`: it does
 * not, and a file says by `dynamicParams = false` that there are no others.
 */
export type Listing = 'listed' | 'other' | 'refused'

/** Known at once for a path that has no parameters, or whose files say nothing about them. */
export function listingOf(app: App, path: ListedPath): Listing | Promise<Listing> {
  const names = namesOf(path.nodes)
  const isClosed = path.modules.some(({ module }) => module['dynamicParams'] === false)
  const lists = path.modules.filter(({ module }) => module[exportName] !== undefined)
  if (names.length === 0 || (lists.length === 0 && !isClosed)) return 'other'
  const other = isClosed ? 'refused' : 'other'
  return isListed(app, path.nodes, lists).then((listed) => (listed ? 'listed' : other))
}

const exportName = 'generateStaticParams'

/** Each file is asked with the parameters that those above it have listed for this path. */
async function isListed(
  app: App,
  nodes: readonly MatchedNode[],
  lists: readonly ListingModule[],
): Promise<boolean> {
  const actual = paramsOf(nodes)
  const listed = new Set<string>()
  for (const list of lists) {
    // One after another: each gets what the one above it has listed.
    // oxlint-disable-next-line no-await-in-loop
    const items = await readList(app, list, pick(actual, listed))
    const names = namesOf(nodes.slice(0, list.depth + 1)).filter((name) => !listed.has(name))
    const found = closestItem(items, names, actual)
    if (!found) return false
    for (const name of found) listed.add(name)
  }
  return namesOf(nodes).every((name) => listed.has(name))
}

/** Which of the names the item lists that agrees with the path and says the most of it. */
function closestItem(
  items: readonly Item[],
  names: readonly string[],
  actual: Params,
): readonly string[] | undefined {
  const isSame = (item: Item, name: string): boolean =>
    valueOf(item[name]) === valueOf(actual[name])
  // What an item leaves out, another file may list.
  const agreeing = items.filter((item) =>
    names.every((name) => item[name] === undefined || isSame(item, name)),
  )
  const listed = agreeing.map((item) => names.filter((name) => isSame(item, name)))
  return listed.toSorted((one, other) => other.length - one.length)[0]
}

/** No segment holds a slash. An optional catch-all that took nothing is left out, or an empty list. */
function valueOf(param: unknown): string {
  return [param ?? []].flat().map(String).join('/')
}

function pick(params: Params, names: ReadonlySet<string>): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)))
}

function namesOf(nodes: readonly MatchedNode[]): string[] {
  return nodes.flatMap(({ node: { segment } }) =>
    'name' in segment && segment.kind !== 'group' ? [segment.name] : [],
  )
}

type Item = Record<string, unknown>

/** Lists that were read, by the function and the parameters that it was given: these are listed, too. */
const known = new WeakMap<object, Map<string, Promise<Item[]>>>()

/** Outside of development a list is read once: as in Next.js, what it lacks comes with a deploy. */
function readList(app: App, { module, file }: ListingModule, params: Params): Promise<Item[]> {
  const generate = module[exportName]
  if (typeof generate !== 'function') {
    throw new TypeError(
      `generateStaticParams of app/${file} is ${typeof generate}, but must be a function.`,
    )
  }
  const read = async (): Promise<Item[]> => {
    const context = createContext('cached', `generateStaticParams of app/${file}`, nobody)
    const list: unknown = await runInContext(context, () => generate({ params }))
    assertList(list, file)
    return list
  }
  if (app.isDevelopment) return read()
  const lists = known.get(generate) ?? new Map<string, Promise<Item[]>>()
  known.set(generate, lists)
  const key = JSON.stringify(params)
  const list = lists.get(key) ?? read()
  lists.set(key, list)
  list.catch(() => lists.delete(key))
  return list
}

function assertList(list: unknown, file: string): asserts list is Item[] {
  const isList = Array.isArray(list) && list.every((item) => typeof item === 'object' && item)
  if (isList) return
  throw new TypeError(
    `generateStaticParams of app/${file} must return a list of objects, as in [{ id: '1' }], but returned ${JSON.stringify(list)}.`,
  )
}
