/** What is under way at this moment, as calls or answers: thousands come and go in a second. */
export interface ActiveList<item> {
  readonly size: number
  /** Gives the function that takes the item out again, and tells whether it was still there. */
  add(item: item): () => boolean
  /** Those of this moment, in no order. */
  items(): item[]
}

type Place<item> = { index: number; item: item }

/**
 * It is no `Set`: one that has had deletions gets a new table now and then, to which V8 links the
 * old one. Quick garbage collections take old tables for reachable, and so all that was ever in it
 * stayed until the next full one: half of a call's processor time went into collecting that.
 */
export function createActiveList<item>(): ActiveList<item> {
  const places: Place<item>[] = []
  return {
    get size() {
      return places.length
    },
    add(item) {
      const place = { index: places.length, item }
      places.push(place)
      return () => {
        if (places[place.index] !== place) return false
        const last = places.pop()!
        if (last === place) return true
        places[place.index] = last
        last.index = place.index
        return true
      }
    },
    items: () => places.map(({ item }) => item),
  }
}
