import type { ReactNode } from 'react'
import type { MetadataTag } from './metadata-tag.ts'
import { metadataTags } from './metadata-tags.ts'
import type { ResolvedMetadata } from './metadata-types.ts'

/** Elements for the head region; React moves them into `<head>`. */
export function renderMetadata(resolved: ResolvedMetadata): ReactNode {
  const seen = new Map<string, number>()
  const elements = metadataTags(resolved).map((tag) => {
    const kind = kindOf(tag)
    const count = seen.get(kind) ?? 0
    seen.set(kind, count + 1)
    return renderTag(tag, `${kind} ${count}`)
  })
  return [<meta key="charset" charSet="utf-8" />, ...elements]
}

/** What makes a tag the same one after a navigation, so that React updates it in place. */
function kindOf(tag: MetadataTag): string {
  if (tag.type === 'title') return tag.type
  const { name, property, rel } = tag.attributes
  return name ?? property ?? rel ?? tag.type
}

function renderTag(tag: MetadataTag, key: string): ReactNode {
  if (tag.type === 'title') return <title key={key}>{tag.text}</title>
  if (tag.type === 'meta') return <meta key={key} {...tag.attributes} />
  return <link key={key} {...tag.attributes} />
}
