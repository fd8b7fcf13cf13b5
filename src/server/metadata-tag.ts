import type { OneOrMore } from './metadata-types.ts'

/** An element of `<head>`, as data; its attributes are named as React names them. */
export type MetadataTag =
  | { type: 'title'; text: string }
  | { type: 'meta' | 'link'; attributes: Record<string, string> }

type Scalar = string | number | boolean | URL
export type Content = OneOrMore<Scalar> | null | undefined

/** Tags come in lists: a field that is not set has none, one that is an array has several. */
export function metaTags(name: string, content: Content): MetadataTag[] {
  return texts(content).map((text) => ({ type: 'meta', attributes: { name, content: text } }))
}

/** Open Graph names its tags by `property`. */
export function propertyTags(property: string, content: Content): MetadataTag[] {
  return texts(content).map((text) => ({ type: 'meta', attributes: { property, content: text } }))
}

export function linkTags(rel: string, attributes: Record<string, Content>): MetadataTag[] {
  const entries = Object.entries(attributes).flatMap(([name, content]) =>
    texts(content).map((text) => [name, text]),
  )
  return [{ type: 'link', attributes: { rel, ...Object.fromEntries(entries) } }]
}

/** A field that takes one value or several, as a list. */
export function listOf<value>(values: OneOrMore<value> | null | undefined): readonly value[] {
  if (values === null || values === undefined) return []
  return Array.isArray(values) ? values : [values]
}

function texts(content: Content): string[] {
  return listOf(content).map(String)
}
