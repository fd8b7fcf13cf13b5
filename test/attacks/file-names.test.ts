import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectAlive } from '../support/attack.ts'
import { call } from '../support/call.ts'
import { field, file, multipart, multipartType } from '../support/multipart.ts'
import { useOwnTarget } from '../support/own-target.ts'
import { postBody } from '../support/post-body.ts'

/** Node itself refuses every write of this process: one that is tried throws. */
const target = useOwnTarget('--permission --allow-fs-read=*')

const names = [
  '../../../../tmp/volley-canary',
  '/etc/passwd',
  '/tmp/volley-canary',
  'C:\\\\Windows\\\\win.ini',
  '\\\\\\\\host\\\\share\\\\file',
  'file:///etc/passwd',
  '.',
  '..',
  '.env',
  'con',
  'a\0b.png',
  'naïve 文件 🎉.txt',
  '<img src=x onerror=alert(1)>.svg',
  'a; filename=b',
  '%2e%2e%2fa',
  '`id`',
  '-rf',
  ' padded ',
  'x'.repeat(4_000),
]

test.for(names)('12: a file name is data, and arrives as it was sent: %j', async (name) => {
  const { app, ids } = target()
  const content = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('')
  const body = multipart([
    field('0', '["$K1"]'),
    file('_1_file', name, content),
    field('_1_a', name),
  ])
  const headers = [`volley-call: ${ids['describe']}`, multipartType]
  const answer = await postBody(app, { headers, body })
  expect(answer.status).toBe(200)
  const sent = Buffer.from(content)
  const text = Buffer.from(answer.body, 'latin1').toString('utf8')
  const { outcome } = JSON.parse(/\{.*\}/s.exec(text)![0]) as { outcome: unknown }
  // In a quoted string a backslash stands for the character behind it.
  const meant = name.replaceAll('\\\\', '\\')
  expect(outcome).toEqual({
    kind: 'value',
    value: [
      [
        {
          name: 'file',
          file: meant,
          type: 'application/octet-stream',
          size: sent.length,
          sha256: createHash('sha256').update(sent).digest('hex'),
        },
        { name: 'a', text: name },
      ],
    ],
  })
  await expectAlive(app, [answer.body])
})

test('12: a file without a name, and one without bytes, are files', async () => {
  const { app, ids } = target()
  const parts = [field('0', '["$K1"]'), file('_1_a', '', 'x'), file('_1_b', 'empty', '')]
  const headers = [`volley-call: ${ids['describe']}`, multipartType]
  const answer = await postBody(app, { headers, body: multipart(parts) })
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('"name":"a","file":"","type":"application/octet-stream","size":1')
  expect(answer.body).toContain('"name":"b","file":"empty"')
  await expectAlive(app, [answer.body])
})

test('12: files stay where they stood among the fields, in each of two forms', async () => {
  const { app, ids } = target()
  const forms = [new FormData(), new FormData()]
  for (const form of forms) {
    form.append('picture', new File(['bytes'], 'a.png'))
    form.append('title', 'text')
  }
  const answer = await call(app, ids['describe']!, { args: forms })
  const kept = [...answer.text.matchAll(/"name":"(\w+)"/g)].map(([, name]) => name)
  expect(kept).toEqual(['picture', 'title', 'picture', 'title'])
  await expectAlive(app, [answer.text])
})
