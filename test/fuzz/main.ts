/**
 * The long fuzz: `npm run fuzz`, or `npm run fuzz -- --replies 1000 --multiparts 500 --seed 7`.
 * Generated bodies against a production build in a process of its own, which must neither end, nor
 * hang, nor stall, nor leave a rejection behind. A failed run is repeated by its seed.
 */
import { parseArgs } from 'node:util'
import { startApp, type App } from '../support/app.ts'
import { createBodySender } from '../support/body-sender.ts'
import { functionIds } from '../support/function-ids.ts'
import {
  createCounts,
  multipartCases,
  replyCases,
  sendAll,
  type FuzzCase,
} from '../support/fuzz.ts'
import { longestStall } from '../support/stall.ts'

/** In milliseconds. */
const maxStall = 250
/** Cases that are made at once, so that the memory holds few of them. */
const batch = 1_000

const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '100000' },
    multiparts: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})

const app = await startApp('attack-app', 'start')
const ids = await functionIds(app.root)
const sender = createBodySender(app.port)
const seed = Number(values.seed)
console.log(`seed ${seed}`)
const failures = [
  ...(await fuzz('replies', Number(values.replies), replyCases)),
  ...(await fuzz('multiparts', Number(values.multiparts), multipartCases)),
]
sender.close()
await app.stop()
for (const failure of failures.slice(0, 20)) console.error(failure)
process.exitCode = failures.length === 0 ? 0 : 1

async function fuzz(what: string, total: number, make: typeof replyCases): Promise<string[]> {
  const { counts, count } = createCounts()
  const failed: string[] = []
  let stall = 0
  await longestStall(app)
  for (let done = 0; done < total && app.isRunning(); done += batch) {
    const cases = make(ids, { seed: seed + done, count: Math.min(batch, total - done) })
    await sendAll(sender, cases, (one, { status }) => {
      count(`${one.name} ${status}`)
      if (typeof status === 'string') failed.push(`${what}: ${status}: ${shown(one)}`)
    })
    const longest = app.isRunning() ? await longestStall(app) : 0
    if (longest > maxStall)
      failed.push(`${what}: ${longest} ms in the batch of seed ${seed + done}`)
    stall = Math.max(stall, longest)
  }
  const rejections = strayRejections(app)
  const crashes = app.isRunning() ? 0 : 1
  console.log(what, { ...counts, stall: Math.round(stall), rejections, crashes })
  if (rejections > 0) failed.push(`${what}: ${rejections} unhandled rejections`)
  if (crashes > 0) failed.push(`${what}: the process ended:\n${app.output().slice(-2_000)}`)
  return failed
}

function strayRejections({ output }: App): number {
  return output().match(/a promise that nobody awaits/g)?.length ?? 0
}

function shown({ body }: FuzzCase): string {
  const bytes = Buffer.concat(body.pieces)
  return `${JSON.stringify(body.headers)} ${bytes.toString('base64').slice(0, 4_000)}`
}
