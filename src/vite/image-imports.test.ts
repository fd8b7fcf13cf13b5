import { expect, test } from 'vitest'
import { browserEnvironment } from '../../test/support/browser-environment.ts'
import { imageImports } from './image-imports.ts'

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>'

test('an imported image is its URL and its size', async () => {
  const environment = await browserEnvironment(imageImports(), { 'a.svg': svg })
  const { code } = (await environment.transformRequest('/a.svg')) ?? {}
  expect(code).toContain('width: 24, height: 12')
  expect(code).toMatch(/import src from "\/a\.svg\?(import&)?url"/)
})

test('with a query Vite has the last word', async () => {
  const environment = await browserEnvironment(imageImports(), { 'a.svg': svg })
  expect((await environment.transformRequest('/a.svg?url'))?.code).toContain('export default "')
})

test('a file that is no image is told with the way out', async () => {
  const environment = await browserEnvironment(imageImports(), { 'a.png': 'no image' })
  const loading = environment.transformRequest('/a.png')
  await expect(loading).rejects.toThrow(/a\.png is no image whose size .*\?url/)
})
