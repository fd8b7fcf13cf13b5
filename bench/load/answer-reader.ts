export type Answer = { status: number; bodyBytes: number; bytes: number }

type Rest = { kind: 'head' | 'chunk' | 'trailer' } | { kind: 'body' | 'chunk-body'; left: number }

const headEnd = Buffer.from('\r\n\r\n')
const lineEnd = Buffer.from('\r\n')

/**
 * Finds where each answer of one HTTP/1.1 connection ends, and looks at no more than that: what the
 * load costs is not to be what is measured. Answers without a length and without chunks are refused.
 */
export function createAnswerReader(
  onAnswer: (answer: Answer) => void,
  onBody: (piece: Buffer) => void = () => undefined,
): (data: Buffer) => void {
  let unread: Buffer = Buffer.alloc(0)
  let rest: Rest = { kind: 'head' }
  let answer: Answer = { status: 0, bodyBytes: 0, bytes: 0 }

  /** How much of the data was used; 0 when more of it must come first. */
  function step(data: Buffer): number {
    if (rest.kind === 'body' || rest.kind === 'chunk-body') return readBody(rest, data)
    const separator = rest.kind === 'head' ? headEnd : lineEnd
    const end = data.indexOf(separator)
    if (end === -1) return 0
    const text = data.toString('latin1', 0, end)
    if (rest.kind === 'head') {
      answer = { status: Number(text.slice(9, 12)), bodyBytes: 0, bytes: 0 }
      rest = afterHead(text)
    } else if (rest.kind === 'chunk') rest = afterChunkSize(text)
    else rest = { kind: 'body', left: 0 }
    return end + separator.length
  }

  function readBody(body: { kind: 'body' | 'chunk-body'; left: number }, data: Buffer): number {
    const used = Math.min(body.left, data.length)
    // A chunk ends with a line break of its own.
    const lineBreak = body.kind === 'chunk-body' ? lineEnd.length : 0
    const content = Math.max(0, Math.min(used, body.left - lineBreak))
    body.left -= used
    answer.bodyBytes += content
    onBody(data.subarray(0, content))
    if (body.kind === 'chunk-body' && body.left === 0) rest = { kind: 'chunk' }
    return used
  }

  return (arrived) => {
    const data = unread.length === 0 ? arrived : Buffer.concat([unread, arrived])
    let position = 0
    for (;;) {
      const used = step(data.subarray(position))
      position += used
      answer.bytes += used
      if (rest.kind === 'body' && rest.left === 0) {
        rest = { kind: 'head' }
        onAnswer(answer)
      } else if (used === 0) break
    }
    unread = data.subarray(position)
  }
}

function afterHead(head: string): Rest {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return { kind: 'body', left: Number(length) }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return { kind: 'chunk' }
  throw new Error(`An answer whose end cannot be found:\n${head}`)
}

function afterChunkSize(line: string): Rest {
  const size = Number.parseInt(line, 16)
  return size === 0 ? { kind: 'trailer' } : { kind: 'chunk-body', left: size + lineEnd.length }
}
