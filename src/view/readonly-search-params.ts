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
    'The search parameters of the page are read-only: copy them with ' +
      'new URLSearchParams(searchParams), change the copy, and pass it to router.push().',
  )
}
