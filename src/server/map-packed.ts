/**
 * As `map()`, whose array changes its kind for V8 once the caller is optimized: what reads it is then
 * thrown away and compiled again. For what each request makes: decisions/029-hidden-classes.md.
 */
export function mapPacked<Item, Mapped>(
  items: readonly Item[],
  mapped: (item: Item) => Mapped,
): Mapped[] {
  const all: Mapped[] = []
  for (const item of items) all.push(mapped(item))
  return all
}
