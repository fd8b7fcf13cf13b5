import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { settleBinds } from './bound-references.ts'

const flight = '@vitejs/plugin-rsc/vendor/react-server-dom'
const directory = createRequire(import.meta.url).resolve(`${flight}/client.node`)

test.for(['development', 'production'])(
  'the bound arguments of a reference are known at once, in the build for %s',
  (kind) => {
    const file = directory.replace(/[^/]+$/, `cjs/react-server-dom-webpack-client.node.${kind}.js`)
    const code = settleBinds(readFileSync(file, 'utf8'))
    const bind = /function bind\(\) \{(.*?)Object\.defineProperties/s.exec(code)?.[1]
    expect(bind).toMatch(
      /boundPromise\s*=.*Object\.assign\(boundPromise.*knownServerReferences\.set/s,
    )
  },
)

test('another version of React is refused', () => {
  expect(() => settleBinds('function bind() {}')).toThrow(/adapt src\/vite\/bound-references\.ts/)
})
