import { LRUCache } from 'lru-cache'

/** What makes two requests the same submission, besides their key. */
export type Submission = {
  key: string
  /** The id of the server function. */
  id: string
  /** The body, or its hash. */
  body: string
  /** The `Cookie` header. */
  cookie: string
}

/** What is remembered of a run: the outcome, and about how many bytes it keeps in memory. */
export type Remembered<outcome> = { outcome: outcome; size: number }

/** Runs each submission once, however often it is sent. */
export interface SubmissionStore<outcome> {
  /**
   * What `run` makes for the first that sends this submission; for the others, what it made, or
   * will have made when it is done. With the same key, another function, body or visitor is another
   * submission. A run that rejects has had no effect and is forgotten.
   */
  once(submission: Submission, run: () => Promise<Remembered<outcome>>): Promise<outcome>
}

/** How long a submission is remembered, and how many: the oldest ones go first. */
const limits = { ttl: 10 * 60_000, ttlResolution: 0, max: 10_000, maxSize: 32 * 1024 * 1024 }

/** An entry itself: a key, an id, and the objects that hold them. */
const entrySize = 500

type Entry<outcome> = Submission & { outcome: Promise<outcome> }

/**
 * Remembers in this process. `isSameVisitor` compares two `Cookie` headers that are not equal;
 * `clock` gives milliseconds.
 */
export function createMemoryStore<outcome extends object>(
  isSameVisitor: (cookie: string, entry: { cookie: string; outcome: outcome }) => boolean,
  clock: { now: () => number } = performance,
): SubmissionStore<outcome> {
  const entries = new LRUCache<string, Entry<outcome>>({ ...limits, perf: clock })

  const remember = (submission: Submission, run: () => Promise<Remembered<outcome>>) => {
    const running = run()
    const outcome = running.then((done) => done.outcome)
    const entry = { ...submission, outcome }
    const size = entrySize + submission.body.length + submission.cookie.length
    entries.set(submission.key, entry, { size })
    const settle = (done: Remembered<outcome> | null): void => {
      // Another submission may have taken the key by now.
      if (entries.peek(submission.key) !== entry) return
      // A new object, because for the same one its size would stay what it was.
      if (done) entries.set(submission.key, { ...entry }, { size: size + done.size })
      else entries.delete(submission.key)
    }
    running.then(settle, () => settle(null))
    return outcome
  }

  const isSame = async (one: Submission, entry: Entry<outcome>): Promise<boolean> => {
    if (one.id !== entry.id || one.body !== entry.body) return false
    if (one.cookie === entry.cookie) return true
    const outcome = await entry.outcome.catch(() => null)
    return outcome !== null && isSameVisitor(one.cookie, { cookie: entry.cookie, outcome })
  }

  return {
    async once(submission, run) {
      const entry = entries.get(submission.key)
      if (entry && (await isSame(submission, entry))) return entry.outcome
      return remember(submission, run)
    },
  }
}
