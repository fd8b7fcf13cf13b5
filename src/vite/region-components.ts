import type { Plugin, Rolldown } from 'vite'
import {
  findRegionComponents,
  mayHoldRegion,
  nameRegionComponents,
  type RegionComponent,
} from '../compiler/region-components.ts'
import { failAt } from './compile-failure.ts'
import { pathOf } from './module-file.ts'
import { componentName, type NamedComponent, type RegionRecords } from './region-records.ts'
import { original, parse } from './server-functions.ts'

const misplacedId = '\0virtual:volley/misplaced-region'

/** Tells each `<Region>` what the server knows its component by, and keeps where that is. */
export function regionComponents(records: RegionRecords): Plugin {
  return {
    name: 'volley:region-components',
    resolveId: {
      order: 'pre',
      filter: { id: /^volley\/region$/ },
      handler() {
        return this.environment.name === 'rsc' ? undefined : misplacedId
      },
    },
    load: {
      filter: { id: new RegExp(`^${misplacedId}$`) },
      handler: () => `export function Region() { throw new Error(${JSON.stringify(misplaced)}) }`,
    },
    async transform(code, id) {
      const { config, name } = this.environment
      if (name !== 'rsc') return undefined
      if (!mayHoldRegion(code)) {
        records.set(id, [])
        return undefined
      }
      try {
        const options = { path: pathOf(id, config.root), parse, ...(await original(id)) }
        const found = findRegionComponents(code, options)
        const named = await Promise.all(found.map((one) => resolved(this, one, id)))
        records.set(
          id,
          named.map(({ component }) => component),
        )
        return nameRegionComponents(
          code,
          named.map(({ at, component }) => ({ at, name: componentName(component) })),
        )
      } catch (error) {
        return failAt(this, error, id)
      }
    },
  }
}

const misplaced =
  'A <Region> was rendered by a Client Component. It is a Server Component: render it in a page, a ' +
  'layout or another Server Component, and pass it to the Client Component as `children`.'

async function resolved(
  context: Rolldown.PluginContext,
  { source, exportName, at }: RegionComponent,
  importer: string,
): Promise<{ at: number; component: NamedComponent }> {
  // What cannot be resolved is reported by Vite, with the import that asks for it.
  const found = source === null ? importer : (await context.resolve(source, importer))?.id
  const module = found ?? importer
  const { root } = context.environment.config
  return { at, component: { module, path: pathOf(module, root), exportName } }
}
