import { expect, test } from 'vitest'
import { InstrumentationError, startInstrumentation } from './instrumentation.ts'

const file = 'instrumentation.ts'

test('an app without instrumentation is told nothing', async () => {
  expect(await startInstrumentation(null)).toBe(null)
  expect(await startInstrumentation({ file, load: async () => ({}) })).toBe(null)
})

test('register() is waited for, and runs once for a module', async () => {
  const steps: string[] = []
  const module = {
    async register() {
      await new Promise(setImmediate)
      steps.push('registered')
    },
    onRequestError: () => undefined,
  }
  const instrumentation = { file, load: async () => module }
  expect(await startInstrumentation(instrumentation)).toBe(module.onRequestError)
  steps.push('started')
  await startInstrumentation(instrumentation)
  expect(steps).toEqual(['registered', 'started'])
})

test('a register() that fails stops the start, says where, and is tried again', async () => {
  let tries = 0
  const module = {
    register() {
      if (++tries === 1) throw new Error('no collector')
    },
  }
  const instrumentation = { file, load: async () => module }
  await expect(startInstrumentation(instrumentation)).rejects.toThrow(
    /register\(\) of instrumentation.ts failed, so the server does not start.*no collector/s,
  )
  await startInstrumentation(instrumentation)
  expect(tries).toBe(2)
})

test('a module that does not load stops the start', async () => {
  const load = async () => {
    throw new Error('no such package')
  }
  const start = startInstrumentation({ file, load })
  await expect(start).rejects.toThrow(InstrumentationError)
  await expect(start).rejects.toThrow(/instrumentation.ts could not be loaded.*no such package/s)
})
