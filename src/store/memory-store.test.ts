import { testStore } from '../../test/support/test-store.ts'
import { createMemoryStore } from './memory-store.ts'

testStore('memory', async (now) => {
  const store = createMemoryStore({ now })
  return async () => store
})
