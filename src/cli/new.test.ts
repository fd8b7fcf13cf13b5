import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createApp, packageName } from './new.ts'

const directory = () => path.join(mkdtempSync(path.join(tmpdir(), 'volley-new-')), 'My Blog')

afterEach(() => void vi.restoreAllMocks())

test('the app is named after its directory, and no placeholder is left', () => {
  const printed = vi.spyOn(console, 'log').mockReturnValue()
  const target = directory()
  createApp(target)
  const manifest = readFileSync(path.join(target, 'package.json'), 'utf8')
  expect(JSON.parse(manifest)).toMatchObject({ name: 'my-blog' })
  expect(manifest).not.toContain('{{')
  expect(readFileSync(path.join(target, 'README.md'), 'utf8')).toContain('# my-blog\n')
  expect(existsSync(path.join(target, '.gitignore'))).toBe(true)
  expect(existsSync(path.join(target, '_gitignore'))).toBe(false)
  expect(printed.mock.lastCall?.[0]).toContain('npm run dev')
})

test('a directory that holds something is left alone', () => {
  const target = path.dirname(directory())
  writeFileSync(path.join(target, 'notes.txt'), 'mine')
  expect(() => createApp(target)).toThrow('is not empty. Name a directory that does not exist yet.')
})

test.for([
  ['My Blog', 'my-blog'],
  ['.hidden', 'hidden'],
  ['名', 'app'],
  ['blog!', 'blog'],
] as const)('a directory %j makes the package %j', ([name, expected]) => {
  expect(packageName(name)).toBe(expected)
})
