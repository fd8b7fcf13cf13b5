import { expect, test } from 'vitest'
import { expectAlive, useTarget } from '../support/attack.ts'
import { watchLog, type LogLine } from '../support/log-lines.ts'
import { rawRequest, requestText } from '../support/raw-request.ts'

const target = useTarget()

/** In latin1, as Node reads headers: escapes of terminals, separators, and a second line of a log. */
const texts = {
  'an escape of seven bits': '\x1b[2J',
  'an escape of eight bits': '\x9b2J',
  'a next line': '\x85',
  'a separator in UTF-8': '\xe2\x80\xa8',
  'a line of a log': '"}\\n{"level":"error"}',
  'a bell': '\x07',
  'a very long text': 'x'.repeat(6_000),
}

const places: Record<string, (text: string, id: string) => string> = {
  'a target': (text) => requestText(`DELETE /nowhere?${text}`, [host]),
  'a path': (text) => requestText(`DELETE /${text}`, [host]),
  'a path in percents': (text) => requestText(`DELETE /${encodeURIComponent(text)}`, [host]),
  Origin: (text, id) => calling(id, [`origin: ${text}`]),
  'Sec-Fetch-Site': (text, id) => calling(id, [`sec-fetch-site: ${text}`]),
  Host: (text, id) => calling(id, ['origin: https://evil.example', `x-forwarded-host: ${text}`]),
  'a content type': (text, id) => calling(id, [`content-type: text/${text}`]),
  'a boundary': (text, id) => calling(id, [`content-type: multipart/form-data; boundary=${text}`]),
  'an id': (text) => calling(text, []),
  'an argument': (text, id) => calling(id, [plain], JSON.stringify([`$${text}`, `$F${text}`])),
  'no JSON': (text, id) => calling(id, [plain], text),
  'a field': (text) => posting(`$ACTION_ID_${text}`),
  'a name': (text) => posting(text),
}

const host = 'host: localhost'
const plain = 'content-type: text/plain'

function calling(id: string, headers: string[], body = '[1]'): string {
  const type = headers.some((line) => line.startsWith('content-type')) ? [] : [plain]
  return requestText('POST /', [host, `volley-call: ${id}`, ...type, ...headers], body)
}

function posting(name: string): string {
  const body = `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\nvalue\r\n--x--\r\n`
  return requestText('POST /', [host, 'content-type: multipart/form-data; boundary=x'], body)
}

test.for(Object.keys(places))(
  '38: whatever %s holds, the log has one JSON object a line, of printable text (279)',
  async (place) => {
    const { app, ids } = target()
    for (const [name, text] of Object.entries(texts)) {
      const log = watchLog(app)
      const answer = await rawRequest(app.port, [places[place]!(text, ids['take']!)])
      await logged(log.text)
      // The mark, and the refusal, unless Node itself refused what it could not parse.
      const count = answer.body.includes('volley: ') ? 2 : 1
      expect(log.lines().length, name).toBe(count)
      expectPrintable(log.text(), name)
      for (const line of log.lines()) expectShort(line, name)
    }
    await expectAlive(app)
  },
)

test('38: a digest of the app is cut, and is printable in the log', async () => {
  const { app } = target()
  for (const text of Object.values(texts)) {
    const log = watchLog(app)
    await (await app.fetch(`/text/x?text=${encodeURIComponent(text)}`)).text()
    await expect.poll(() => log.lines().length).toBe(1)
    expect(log.lines()[0]!.digest!.length).toBeLessThanOrEqual(128)
    expectPrintable(log.text(), text)
  }
  await expectAlive(app)
})

/** A line follows every refusal; another request's line shows that all of it has been written. */
async function logged(text: () => string): Promise<void> {
  const { app } = target()
  const mark = `/mark-${performance.now()}`
  await app.fetch(mark, { method: 'DELETE' })
  await expect.poll(text).toContain(mark)
}

/** No control character of either kind, and no separator, but the ends of the lines. */
function expectPrintable(text: string, name: string): void {
  const unprintable = /[\p{Cc}\u2028\u2029]/u
  expect(text.replaceAll('\n', '').match(unprintable), name).toBeNull()
}

/** Values are cut at 128 characters; a reason may say a little more about them. */
function expectShort(
  { target: path = '', method = '', reason = '', where = '' }: LogLine,
  name: string,
) {
  expect(path.length, name).toBeLessThanOrEqual(129)
  expect(where.length, name).toBeLessThanOrEqual(129)
  expect(method.length, name).toBeLessThanOrEqual(129)
  expect(reason.length, `${name}: ${reason.slice(0, 200)}`).toBeLessThanOrEqual(500)
}
