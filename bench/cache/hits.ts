import { cached } from '../../src/cache/cached.ts'
import { cacheSetup, installCache } from '../../src/cache/installed.ts'
import { createContext, runInContext } from '../../src/context/request-context.ts'
import { cachedCall, textOfValue, valueOfText } from '../../src/flight/cached-call.ts'

/** A script: what a hit in memory costs beyond the decoding of what was kept. It prints JSON. */
export type Hit = { name: string; hit: number; decoding: number }

const posts = Array.from({ length: 50 }, (_, index) => ({
  id: `post-${index}`,
  title: `Post number ${index}`,
  text: `The text of post number ${index}, which is about as long as a short sentence.`,
}))

/** Enough that some are not disturbed: whatever else the machine does only adds. */
const passes = 30
const values = [
  { name: 'a number', value: 42, rounds: 5000 },
  { name: '50 posts', value: posts, rounds: 600 },
] as const

installCache({ ...cacheSetup(), callOf: cachedCall })

const results: Hit[] = []
for (const { name, value, rounds } of values) {
  const text = await textOfValue(value)
  const decode = (): Promise<unknown> => valueOfText(text)
  let runs = 0
  const run = async (_author: string): Promise<unknown> => {
    runs++
    return value
  }
  const read = cached(run, { key: name, tags: (author) => ['posts', `author:${author}`] })
  const hit = (): Promise<unknown> => read('ada')
  const request = { headers: {}, signal: () => new AbortController().signal }
  const inRequest = <result>(work: () => result): result =>
    runInContext(createContext('render', '/posts', request), work)

  results.push(
    { name: `${name}, again in a request`, ...(await compare(hit, { decode, rounds, inRequest })) },
    {
      name: `${name}, first of a request`,
      ...(await compare(() => inRequest(hit), { decode, rounds, inRequest })),
    },
  )
  if (runs !== 1) throw new Error(`${name} was made ${runs} times`)
}
console.log(JSON.stringify(results))

type Comparison = {
  decode: () => Promise<unknown>
  rounds: number
  inRequest: <result>(work: () => result) => result
}

/** Both in turns, in one request. */
async function compare(
  hit: () => Promise<unknown>,
  { decode, rounds, inRequest }: Comparison,
): Promise<Pick<Hit, 'hit' | 'decoding'>> {
  const times: Pick<Hit, 'hit' | 'decoding'>[] = []
  for (let pass = 0; pass <= passes; pass++) {
    times.push({
      decoding: await inRequest(() => timeOf(decode, rounds)),
      hit: await inRequest(() => timeOf(hit, rounds)),
    })
  }
  // The first ones are for the compiler.
  const measured = times.slice(passes / 3)
  return {
    hit: Math.min(...measured.map((time) => time.hit)),
    decoding: Math.min(...measured.map((time) => time.decoding)),
  }
}

/** In microseconds. */
async function timeOf(work: () => Promise<unknown>, rounds: number): Promise<number> {
  const start = performance.now()
  for (let round = 0; round < rounds; round++) await work()
  return ((performance.now() - start) * 1000) / rounds
}
