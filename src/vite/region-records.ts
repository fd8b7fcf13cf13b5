/** An export that a region renders. */
export type NamedComponent = {
  /** Absolute path. */
  module: string
  /** The same, relative to the root of the app, with forward slashes. */
  path: string
  exportName: string
}

/** What the passes of a build, or the dev server, learn about the components of the app's regions. */
export interface RegionRecords {
  /** What the regions of a module render, in place of what they rendered before. */
  set(module: string, components: readonly NamedComponent[]): void
  /** Each once, in the order of their names. */
  components(): NamedComponent[]
  /** By what the server knows it by. */
  find(name: string): NamedComponent | undefined
}

export function createRegionRecords(): RegionRecords {
  const records = new Map<string, readonly NamedComponent[]>()
  const named = (): Map<string, NamedComponent> =>
    new Map([...records.values()].flat().map((found) => [componentName(found), found]))
  return {
    set(module, components) {
      if (components.length > 0) records.set(module, components)
      else records.delete(module)
    },
    components: () =>
      [...named()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found),
    find: (name) => named().get(name),
  }
}

export function componentName({ path, exportName }: NamedComponent): string {
  return `${path}#${exportName}`
}
