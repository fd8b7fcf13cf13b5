import type { RequestContext } from '../context/request-context.ts'
import type { LateProperty } from '../flight/late-property.ts'
import { hashOfTag } from '../wire/tag.ts'

/** The `tags` of a payload. What a replaced page has read counts too: that is why it was replaced. */
export function lateTags({ dependencies }: RequestContext): LateProperty {
  return { name: 'tags', value: () => Array.from(dependencies.tags, hashOfTag) }
}
