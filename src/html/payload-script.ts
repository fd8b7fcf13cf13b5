/**
 * The payload inside the HTML: each script pushes a piece of the Flight stream, as text or, where
 * it is no valid UTF-8, as a list with its base64. The last one pushes `null`. A nonce is of
 * letters, digits and what base64 has beside them.
 */
export function payloadScript(piece: Uint8Array | null, nonce?: string): string {
  const attribute = nonce === undefined ? '' : ` nonce="${nonce}"`
  return `<script${attribute}>(self.__volley??=[]).push(${piece === null ? 'null' : literal(piece)})</script>`
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function literal(piece: Uint8Array): string {
  try {
    return scriptString(decoder.decode(piece))
  } catch {
    // Not text, or a character that is split between two pieces.
    return `[${scriptString(Buffer.from(piece).toString('base64'))}]`
  }
}

/**
 * A JavaScript string that no HTML parser can take for markup: without `<` there is no `</script`
 * and no `<!--`, and the two separators are line ends to older JavaScript parsers. A payload is full
 * of double quotes, which need no escape inside of single ones.
 */
function scriptString(text: string): string {
  return `'${text.replace(special, escaped)}'`
}

const special = /[\p{Cc}'\\<\u2028\u2029]/gu

function escaped(character: string): string {
  if (character === '\n') return String.raw`\n`
  if (character === "'" || character === '\\') return `\\${character}`
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
