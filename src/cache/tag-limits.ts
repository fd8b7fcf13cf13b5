/** A tag longer than this is a mistake: it is ignored with a warning. */
const maxTagLength = 256

/** Of one result: every reader looks all of them up. */
const maxTags = 128

export function isTag(tag: unknown): tag is string {
  if (typeof tag !== 'string') {
    throw new TypeError(`A tag is a string, but this one is ${JSON.stringify(tag)}.`)
  }
  const isShort = tag.length <= maxTagLength
  if (!isShort) warn(`A tag of ${tag.length} characters is ignored; the limit is ${maxTagLength}.`)
  return isShort
}

/**
 * Those of the tags that count.
 * @throws TypeError for what is no tag; RangeError for too many: what is left out could not be
 * invalidated. `name` is that of what carries them
 */
export function validTags(tags: readonly unknown[], name: string): string[] {
  if (tags.length <= maxTags) return tags.filter(isTag)
  throw new RangeError(
    `${name} has ${tags.length} tags; the limit is ${maxTags}. Give what is invalidated together ` +
      'one tag, or cache smaller parts.',
  )
}

export function warn(message: string): void {
  process.emitWarning(message, 'VolleyWarning')
}
