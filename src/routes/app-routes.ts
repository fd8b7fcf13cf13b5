declare global {
  /** The routes of an app. `volley-env.d.ts`, which the plugin writes, adds them. */
  // oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type -- It is merged.
  interface VolleyAppRoutes {}
}

/**
 * What an app's types say of its routes; while they say nothing, as before they are written, any
 * text fits.
 */
type Said<name extends string, otherwise> =
  VolleyAppRoutes extends Record<name, infer said> ? said : otherwise

type Layouts = Said<'layouts', Record<string, never>>
type AnyText = Record<string, true>
type TextKey<table> = Extract<keyof table, string>

/** The patterns of an app's pages, as in `'/posts/[id]'`; those of its route handlers, and of its layouts. */
export type PagePattern = TextKey<Said<'pages', AnyText>>
export type HandlerPattern = TextKey<Said<'handlers', AnyText>>
export type LayoutPattern = TextKey<Layouts>

/** The slots of a layout. */
export type SlotName<pattern> = pattern extends keyof Layouts ? Layouts[pattern] : never

/** Whether links have to lead to a route: the option `typedRoutes`. */
export type AreTyped = VolleyAppRoutes extends { typed: true } ? true : false
