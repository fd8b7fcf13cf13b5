import type { LoadedFile } from './app.ts'
import type { AppComponent } from './region-root.tsx'

/** The component that a route file exports by default, and whether it runs in the browser. */
export type RouteComponent = { type: AppComponent; isClient: boolean }

const clientReference = Symbol.for('react.client.reference')

/** @throws if the file has no component as its default export; `file` is relative to `app/` */
export function componentOf({ module }: LoadedFile, file = '?'): RouteComponent {
  const type = module['default']
  if (!isComponent(type)) {
    throw new TypeError(
      `app/${file} must export a component by default, but its default export is ` +
        `${type === undefined ? 'missing' : typeof type}.`,
    )
  }
  return { type, isClient: '$$typeof' in type && type.$$typeof === clientReference }
}

function isComponent(value: unknown): value is AppComponent {
  return typeof value === 'function'
}
