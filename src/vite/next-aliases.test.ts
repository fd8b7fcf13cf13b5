import { resolveConfig } from 'vite'
import { expect, test } from 'vitest'
import { nextAliases } from './next-aliases.ts'
import { fromNextOptions } from './next-options.ts'

const turbopack = {
  resolveAlias: {
    'next-intl/config': './src/i18n/request.ts',
    lodash: 'lodash-es',
    fs: { browser: './empty.ts' },
  },
  rules: {},
}

test('what turbopack.resolveAlias names is found under other names, and nothing else', async () => {
  const from = await fromNextOptions({ turbopack })
  const plugins = [nextAliases({ ...from, file: '/app/next.config.ts' })]
  const { resolve } = await resolveConfig({ plugins, configFile: false }, 'build')
  const nameOf = (id: string) => {
    const found = resolve.alias.find(({ find }) => new RegExp(find).test(id))
    return found?.replacement
  }
  expect(nameOf('next-intl/config')).toBe('/app/src/i18n/request.ts')
  expect(nameOf('lodash')).toBe('lodash-es')
  expect(['lodash/fp', 'next-intl', 'fs'].map(nameOf)).toEqual([undefined, undefined, undefined])
})

test('what else is said to Turbopack is told as ignored, also under its old name', async () => {
  const ignored = ['turbopack.rules', 'turbopack.resolveAlias["fs"]']
  expect((await fromNextOptions({ turbopack })).ignored).toEqual(ignored)
  expect((await fromNextOptions({ experimental: { turbo: turbopack } })).ignored).toEqual(ignored)
})
