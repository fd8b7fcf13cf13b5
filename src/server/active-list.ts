/** What is under way at this moment, as calls or answers: thousands come and go in a second. */
export interface ActiveList<item> {
  readonly size: number
  /** Gives the function that takes the item out again, and tells whether it was still there. */
  add(item: item): () => boolean
  /** Those of this moment, in no order. */
  items(): item[]
}

type Place<item> = { index: number; item: item }

/** It is no `Set`, whose tables keep what has left it: decisions/029-hidden-classes.md. */
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
        const last = places.pop()
        if (last && last !== place) {
          places[place.index] = last
          last.index = place.index
        }
        return true
      }
    },
    items: () => places.map(({ item }) => item),
  }
}
