import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { followRenders } from './async-debug.ts'

const entry = createRequire(import.meta.url).resolve(
  '@vitejs/plugin-rsc/vendor/react-server-dom/server.node',
)
const file = entry.replace(/[^/]+$/, 'cjs/react-server-dom-webpack-server.node.development.js')

test('React follows promises from the start of a render to its end', () => {
  const code = followRenders(readFileSync(file, 'utf8'))
  expect(code).not.toMatch(/\.enable\(\);\s*\}\)\(\);/)
  expect(code).toMatch(/function startWork\(request\) \{ following\.start\(request\);/)
  const ends = code.match(/request\.status = CLOSED/g)
  expect(code.match(/\(following\.end\(request\), request\.status = CLOSED\)/g)).toEqual(
    ends?.map(() => '(following.end(request), request.status = CLOSED)'),
  )
})

test('another version of React is refused', () => {
  expect(() => followRenders('function startWork(request) {}')).toThrow(
    /adapt src\/vite\/async-debug\.ts/,
  )
})
