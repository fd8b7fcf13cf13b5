import { expect, test } from 'vitest'
import { mergeEnvFiles } from './env-files.ts'

test('a later file wins', () => {
  expect(mergeEnvFiles(['A=1\nB=1', 'B=2'], {})).toEqual({ A: '1', B: '2' })
})

test('a variable may be made of others, of files and of the shell', () => {
  const file = 'URL=http://$HOST:${PORT}/${BASE:-app}\nPORT=3000'
  expect(mergeEnvFiles([file], { HOST: 'localhost' })['URL']).toBe('http://localhost:3000/app')
})

test('what the shell says is what other variables see', () => {
  expect(mergeEnvFiles(['A=file\nB=$A'], { A: 'shell' })['B']).toBe('shell')
})

test('an escaped dollar sign stays', () => {
  expect(mergeEnvFiles(['PASSWORD=pa\\$word'], {})).toEqual({ PASSWORD: 'pa$word' })
})

test('a variable made of itself ends', () => {
  expect(mergeEnvFiles(['A=${B}x\nB=${A}y'], {})).toEqual({ A: 'yx', B: 'xy' })
})
