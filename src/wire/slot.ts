/**
 * What the outlet of a slot is addressed by, where that of `children` has the layout's own id: no id of a
 * region, all of which begin with their kind.
 */
export function slotOf(layout: string, name: string): string {
  return `${name} ${layout}`
}
