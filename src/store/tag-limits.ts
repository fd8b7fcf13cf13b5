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

/** What is left out could not be invalidated. @throws RangeError; `name` is that of what carries them */
export function checkCount(count: number, name: string): void {
  if (count <= maxTags) return
  throw new RangeError(
    `${name} has ${count} tags; the limit is ${maxTags}. Give what is invalidated together one tag, ` +
      'or cache smaller parts.',
  )
}

/** Those of the tags that count. @throws TypeError for what is no tag; RangeError for too many */
export function validTags(tags: readonly unknown[], name: string): string[] {
  checkCount(tags.length, name)
  return tags.filter(isTag)
}

export function warn(message: string): void {
  process.emitWarning(message, 'VolleyWarning')
}
