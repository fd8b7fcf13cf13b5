import type { AreTyped, HandlerPattern, PagePattern } from './app-routes.ts'

/**
 * A target of a link as its type: any text, or with `typedRoutes` one that leads to a route of the
 * app, to another site, or to a place of the same page. `href` is the type of what is given.
 */
export type RouteHref<href extends string = string> = AreTyped extends true ? Known<href> : string

type Known<href extends string> = string extends href
  ? AppHref
  : true extends IsKnown<href>
    ? href
    : AppPath

type IsKnown<href extends string> = href extends NoPath ? true : Fits<Pattern, PathOf<href>>

/** A part of this page, its search parameters, another site. */
type NoPath = `#${string}` | `?${string}` | `${string}:${string}`

/** The target of an intercepting route is the route that it intercepts. */
// oxlint-disable-next-line typescript/no-duplicate-type-constituents -- Without an app both are any text.
type Pattern = Exclude<PagePattern | HandlerPattern, `${string}/(.${string}`>

type AppPath = Exclude<Pattern, `${string}[${string}`>

type PathOf<href extends string> = href extends `${infer path}?${string}`
  ? PathOf<path>
  : href extends `${infer path}#${string}`
    ? path
    : href

/** `true` among the results if the path is one of the pattern. */
type Fits<pattern extends string, path extends string> = pattern extends `/${infer route}`
  ? path extends `/${infer given}`
    ? FitsAll<Segments<route>, Segments<given>>
    : false
  : false

type Segments<text extends string> = text extends `${infer first}/${infer rest}`
  ? [first, ...Segments<rest>]
  : text extends ''
    ? []
    : [text]

type FitsAll<route extends string[], given extends string[]> = route extends [
  infer segment extends string,
  ...infer segments extends string[],
]
  ? segment extends `[[...${string}`
    ? true
    : given extends [infer value extends string, ...infer values extends string[]]
      ? segment extends `[...${string}`
        ? true
        : value extends (segment extends `[${string}` ? string : segment)
          ? FitsAll<segments, values>
          : false
      : false
  : given extends []
    ? true
    : false

/** All that is known, as it can be said without looking at a text. */
// oxlint-disable-next-line typescript/no-redundant-type-constituents -- Without an app all are any text.
type AppHref = NoPath | AnyPath | `${AnyPath}${'?' | '#'}${string}`

type AnyPath = Filled<Pattern>

type Filled<pattern extends string> = pattern extends `${infer before}/[[...${string}`
  ? Filled<before> | `${Filled<before>}/${string}`
  : pattern extends `${infer before}[${string}]${infer after}`
    ? `${before}${string}${Filled<after>}`
    : pattern
