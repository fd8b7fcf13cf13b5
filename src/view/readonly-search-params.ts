/** What `useSearchParams()` gives: changing it would change nothing on the page. */
export class ReadonlyURLSearchParams extends URLSearchParams {
  override append(): never {
    return refuse()
  }
  override delete(): never {
    return refuse()
  }
  override set(): never {
    return refuse()
  }
  override sort(): never {
    return refuse()
  }
}

function refuse(): never {
  throw new TypeError(
    'useSearchParams() is read-only: pass new URLSearchParams(searchParams), changed, to the router.',
  )
}
