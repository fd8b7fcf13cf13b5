/** A tag longer than this, or more tags of one entry, are a mistake: they are ignored with a warning. */
const maxTagLength = 256
const maxTags = 128

export function isTag(tag: unknown): tag is string {
  if (typeof tag !== 'string') {
    throw new TypeError(`A tag is a string, but this one is ${JSON.stringify(tag)}.`)
  }
  const isShort = tag.length <= maxTagLength
  if (!isShort) warn(`A tag of ${tag.length} characters is ignored; the limit is ${maxTagLength}.`)
  return isShort
}

/** Those of the tags that count. @throws TypeError for what is no tag */
export function validTags(tags: readonly unknown[]): string[] {
  if (tags.length > maxTags) warn(`Of ${tags.length} tags the first ${maxTags} are taken.`)
  return tags.slice(0, maxTags).filter(isTag)
}

export function warn(message: string): void {
  process.emitWarning(message, 'VolleyWarning')
}
