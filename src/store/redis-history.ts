import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import { createScript } from './redis-script.ts'
import type { Moment, TagState } from './cache-store.ts'
import { untouched, type InvalidSlot } from './tag-slot.ts'

/** All of the history is one hash, so that Redis can only lose all of it: with its generation. */
const key = '{volley}:tags'

/** The arguments: a generation if there is none, the time, then slots and until when each is usable. */
const tellScript = `
redis.call('HSETNX', KEYS[1], 'generation', ARGV[1])
local number = redis.call('HINCRBY', KEYS[1], 'sequence', 1)
for i = 3, #ARGV, 2 do
  local slot, limit = ARGV[i], ARGV[i + 1]
  local note = redis.call('HGET', KEYS[1], slot) or '0:0:0'
  local expired, stale, staleUntil = string.match(note, '(.*):(.*):(.*)')
  local isNoted = tonumber(stale) > tonumber(expired)
  if limit == '0' then
    expired = number
  else
    if isNoted and tonumber(staleUntil) <= tonumber(ARGV[2]) then
      expired, isNoted = stale, false
    end
    if not isNoted or tonumber(limit) < tonumber(staleUntil) then staleUntil = limit end
    stale = number
  end
  redis.call('HSET', KEYS[1], slot, expired .. ':' .. stale .. ':' .. staleUntil)
end
return { redis.call('HGET', KEYS[1], 'generation'), number }`

/** The arguments: the generation that must end, and the next one. Another process may be first. */
const renewScript = `
local generation = redis.call('HGET', KEYS[1], 'generation')
if generation and generation ~= ARGV[1] then return generation end
redis.call('UNLINK', KEYS[1])
redis.call('HSET', KEYS[1], 'generation', ARGV[2])
return ARGV[2]`

type Seen = ReadonlyMap<string, number>

export type SlotStates = { now: Moment; states: Map<number, TagState> }

/** What Redis knows of invalidations. Both reject where it cannot be asked. */
export interface History {
  /** Notes an invalidation, and gives its number. */
  tell(slots: readonly InvalidSlot[]): Promise<Moment>
  ask(slots: Iterable<number>): Promise<SlotStates>
}

export function createHistory(redis: Redis, now: () => number): History {
  const note = createScript<[string, number]>(redis, tellScript)
  const renewed = createScript<string>(redis, renewScript)
  /** The largest number of each generation. If Redis gives a smaller one, it has forgotten some. */
  const seen = new LRUCache<string, number>({ max: 100 })

  /** Taken before a question is sent: it may be the last to look at its reply of all that are under way. */
  const seenSoFar = (): Seen => new Map(seen)
  const follows = ({ generation, sequence }: Moment, before: Seen, step: 0 | 1): boolean => {
    if (sequence < (before.get(generation) ?? 0) + step) return false
    seen.set(generation, Math.max(sequence, seen.get(generation) ?? 0))
    return true
  }
  const renew = (generation: string): Promise<string> => renewed(key, [generation, randomUUID()])

  const look = async (slots: readonly number[]): Promise<SlotStates | string> => {
    const before = seenSoFar()
    const [generation, sequence, ...notes] = await redis.hmget(
      key,
      'generation',
      'sequence',
      ...slots.map(String),
    )
    const moment = { generation: generation ?? '', sequence: Number(sequence) }
    if (!generation || !follows(moment, before, 0)) return moment.generation
    return { now: moment, states: new Map(slots.map((slot, i) => [slot, parse(notes[i])])) }
  }

  return {
    async tell(slots) {
      const before = seenSoFar()
      const args = slots.flat()
      const [generation, sequence] = await note(key, [randomUUID(), now(), ...args])
      if (follows({ generation, sequence }, before, 1)) return { generation, sequence }
      return { generation: await renew(generation), sequence: 0 }
    },
    async ask(slots) {
      const wanted = [...slots]
      const found = await look(wanted)
      if (typeof found !== 'string') return found
      await renew(found)
      const again = await look(wanted)
      if (typeof again !== 'string') return again
      throw new Error(`Redis does not keep ${key}. Has it no memory left?`)
    },
  }
}

/** `expired:stale:staleUntil` */
function parse(note: string | null | undefined): TagState {
  if (!note) return untouched
  const [expired = 0, stale = 0, staleUntil = 0] = note.split(':').map(Number)
  return { expired, stale, staleUntil }
}
