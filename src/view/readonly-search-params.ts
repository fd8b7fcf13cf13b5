/** What `useSearchParams()` gives: changing it would change nothing on the page. */
export class ReadonlyURLSearchParams extends URLSearchParams {
  override append: typeof refuse = refuse
  override delete: typeof refuse = refuse
  override set: typeof refuse = refuse
  override sort: typeof refuse = refuse
}

function refuse(): never {
  throw new TypeError('Copy useSearchParams() to change it')
}
