import { setImmediate, setTimeout } from 'node:timers/promises'
import { cacheKey } from '../../src/cache/cache-key.ts'
import { cacheSetup, installCache } from '../../src/cache/installed.ts'
import { readThrough } from '../../src/cache/read-through.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'

/**
 * A script: bytes of the heap after a million of something, `filling.ts small|large|tags <maxSize>`.
 * The work is what a cached function does, except that React does not encode its result. Prints JSON.
 */
const kinds = {
  small: { count: 1_000_000, add: (index: number) => keep(index, `p[${index}]`) },
  large: { count: 20_000, add: (index: number) => keep(index, textOf(index)) },
  tags: {
    count: 1_000_000,
    add: (index: number) => cacheSetup().store.invalidate([{ tag: `post:${index}` }]),
  },
}

const kind = process.argv[2] as keyof typeof kinds
const maxSize = Number(process.argv[3])

install(maxSize)
for (let index = 0; index < kinds[kind].count; index++) {
  await kinds[kind].add(index)
  // As between the requests of a server.
  if (index % 100 === 0) await setImmediate()
}
const full = await heap()
// What goes with the store is what it held: the process itself is never the same size twice.
install(1)
console.log(JSON.stringify(full - (await heap())))

function install(size: number): void {
  installCache({ ...cacheSetup(), store: createMemoryStore({ maxSize: size }) })
}

function keep(index: number, value: string): Promise<string> {
  return readThrough({
    key: cacheKey('bench', String(index)),
    name: 'bench',
    tags: ['posts', `post:${index}`],
    life: { revalidate: Infinity, expire: Infinity },
    run: async () => value,
  })
}

/** About 64 kB, and no two share memory. */
function textOf(index: number): string {
  return Buffer.alloc(64 * 1024, `${index} `).toString('latin1')
}

async function heap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await setTimeout(50)
    globalThis.gc?.()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
