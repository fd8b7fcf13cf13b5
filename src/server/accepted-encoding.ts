/** What an answer is compressed by: gzip costs a server least; who only takes brotli gets that. */
export function acceptedEncoding(header: string | string[] | undefined): 'gzip' | 'br' | null {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  const accepted = new Set(text.split(',').filter(isAccepted).map(encodingName))
  if (accepted.has('gzip')) return 'gzip'
  return accepted.has('br') ? 'br' : null
}

function encodingName(item: string): string {
  return (item.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** A weight of zero means "anything but this". */
function isAccepted(item: string): boolean {
  return !/;\s*q=0(?:\.0*)?\s*$/i.test(item)
}
