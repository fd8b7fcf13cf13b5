type Changes = 'append' | 'delete' | 'set' | 'sort'

/** What `useSearchParams()` gives: changing it would change nothing on the page. */
export type ReadonlyURLSearchParams = Omit<URLSearchParams, Changes>

export function readSearchParams(search: string): ReadonlyURLSearchParams {
  return Object.assign(new URLSearchParams(search), {
    append: refuse,
    delete: refuse,
    set: refuse,
    sort: refuse,
  })
}

function refuse(): never {
  throw new TypeError(
    'useSearchParams() is read-only: pass new URLSearchParams(searchParams), changed, to the router.',
  )
}
