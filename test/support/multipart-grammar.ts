import * as fc from 'fast-check'

/** The content type of a form and its bytes, in the pieces in which they are sent. */
export type MultipartBody = { type: string; pieces: Buffer[] }

/**
 * Multipart bodies as browsers send them, and slightly broken ones: boundaries that are missing,
 * cut, repeated or part of the content, headers that are folded, long, doubled or none, and every
 * way to cut the bytes into packets.
 */
export const multipartBodies: fc.Arbitrary<MultipartBody> = fc
  .tuple(fc.oneof(...boundaries()), fc.nat(1))
  .chain(([boundary, cut]) =>
    fc
      .tuple(contentType(boundary), bodyOf(boundary), fc.array(fc.nat(200), { maxLength: 6 }))
      .map(([type, body, sizes]) => ({ type, pieces: cut ? inPieces(body, sizes) : [body] })),
  )

function boundaries(): fc.Arbitrary<string>[] {
  return [
    fc.constant('----WebKitFormBoundary7MA4YWxkTrZu0gW'),
    fc.constantFrom('x', '-', '--', 'a--', 'a b', "'()+_,-./:=?", 'b'.repeat(70), 'b'.repeat(71)),
  ]
}

function contentType(boundary: string): fc.Arbitrary<string> {
  const usual = `multipart/form-data; boundary=${boundary}`
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    fc.constantFrom(
      `multipart/form-data; boundary="${boundary}"`,
      `Multipart/Form-Data;BOUNDARY=${boundary};charset=utf-8`,
      `multipart/form-data; boundary=${boundary}; boundary=other`,
      `multipart/form-data; boundary=${boundary}x`,
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=""',
      'multipart/form-data',
    ),
  )
}

const lineEnds = fc.oneof(
  { weight: 20, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r'),
)

function bodyOf(boundary: string): fc.Arbitrary<Buffer> {
  const delimiter = fc.oneof(
    { weight: 20, arbitrary: fc.constant(`--${boundary}`) },
    fc.constantFrom('', boundary, `-${boundary}`, `---${boundary}`, `--${boundary.slice(0, -1)}`),
    fc.constantFrom(`--${boundary} `, `--${boundary}\t`, `--${boundary}--`, '--'),
  )
  const part = fc
    .tuple(delimiter, lineEnds, headers, lineEnds, contents(boundary), lineEnds)
    .map(([line, end, head, gap, content, last]) =>
      Buffer.concat([
        Buffer.from(`${line}${end}${head}${gap}`, 'latin1'),
        content,
        Buffer.from(last),
      ]),
    )
  const ending = fc.oneof(
    { weight: 6, arbitrary: fc.constant(`--${boundary}--\r\n`) },
    fc.constantFrom('', `--${boundary}`, `--${boundary}-`, `--${boundary}--`, `--${boundary}\r\n`),
    fc.constantFrom(`--${boundary}--\r\n--${boundary}--\r\n`, `--${boundary}--\r\nepilogue\r\n`),
  )
  const preamble = fc.oneof(
    { weight: 9, arbitrary: fc.constant('') },
    fc.constantFrom('x\r\n', '\r\n'),
  )
  return fc
    .tuple(preamble, fc.array(part, { maxLength: 5 }), ending)
    .map(([first, parts, last]) => Buffer.concat([Buffer.from(first), ...parts, Buffer.from(last)]))
}

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '2', 'S1', '_1_a', 'text') },
  fc.constantFrom('', '__proto__', '$ACTION_REF_1', '$ACTION_1:0', '$ACTION_ID_x', 'a'.repeat(201)),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(/[\r\n"]/g, '_')),
)

const dispositions = fc
  .tuple(
    names,
    fc.constantFrom('', '', '', '; filename="a.txt"', '; filename=""', "; filename*=utf-8''%e2%82"),
    fc.constantFrom('form-data', 'form-data', 'form-data', 'attachment', 'Form-Data', ''),
  )
  .map(([name, file, kind]) => `Content-Disposition: ${kind}; name="${name}"${file}`)

const headerLines = fc.oneof(
  fc.constantFrom(
    'Content-Type: text/plain',
    'Content-Type: text/plain; charset=utf-16le',
    'Content-Type: text/plain; charset=nonsense',
    'Content-Type: application/octet-stream',
    'Content-Type: multipart/mixed; boundary=inner',
    'Content-Type:',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: quoted-printable',
    'Content-Disposition: form-data',
    'Content-Disposition: form-data; name',
    'Content-Disposition: form-data; name="',
    'Content-Disposition: form-data; name="a\\',
    'Content-Disposition: form-data; name="a"; name="b"',
    ' folded: onto the line before',
    ': no name',
    'no colon',
    'X: \0',
  ),
  fc.nat(9000).map((length) => `X-Long: ${'h'.repeat(length)}`),
)

const headers = fc
  .tuple(fc.option(dispositions, { freq: 9 }), fc.array(headerLines, { maxLength: 2 }), lineEnds)
  .map(([disposition, lines, end]) =>
    [disposition, ...lines].flatMap((line) => (line === null ? [] : [line + end])).join(''),
  )

function contents(boundary: string): fc.Arbitrary<Buffer> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('[]', '["a"]', '["$1"]', '["$R1"]', 'C', '').map(bytes),
    },
    fc.uint8Array({ maxLength: 64 }).map((content) => Buffer.from(content)),
    fc
      .constantFrom(`\r\n--${boundary.slice(0, -1)}`, `\r\n--${boundary}x`, `\n--${boundary}`)
      .map(bytes),
    fc.constantFrom('\r', '\r\n', '\r\n-', '\r\n--', '\n\n\n', '\r\r\n').map(bytes),
    fc.nat(70_000).map((length) => Buffer.alloc(length, 'x')),
  )
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** The bytes, cut behind each of the sizes. */
function inPieces(body: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let start = 0
  for (const size of sizes) {
    pieces.push(body.subarray(start, start + size))
    start += size
  }
  return [...pieces, body.subarray(start)].filter(({ length }) => length > 0)
}
