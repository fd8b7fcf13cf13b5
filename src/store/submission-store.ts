import { LRUCache } from 'lru-cache'

/** What makes two requests the same submission. */
export type Submission = {
  /** What nobody else can know. */
  key: string
  /** The server function, its arguments and whatever else must be equal. */
  content: string
  /** The `Cookie` header. */
  cookie: string
}

/**
 * What a run made. `kept` is what those who send the submission again get, and `size` about how many
 * bytes it takes; `null` where the run was broken off because nobody waited, and may be run again.
 */
export type Done<outcome> = { outcome: outcome; kept: outcome | null; size: number }

/** The time that somebody has who sends a submission. */
export type CallTime = {
  /** In milliseconds: how long a run may take. */
  timeout: number
  /** Whether nobody waits for the answer any more: what has not begun by then must not begin. */
  isOver: () => boolean
}

/** What a run made; `null` where it has not begun, because the time of its caller was over. */
export type Run<outcome> = () => Promise<Done<outcome> | null>

/** Runs each submission once, however often it is sent. */
export interface SubmissionStore<outcome> {
  /**
   * What `run` makes for the first that sends this submission; for the others, what was kept of it,
   * or will have been when it is done. With another key, content or visitor it is another submission.
   * A run that rejects has had no effect and is forgotten. Whose time is over before there is
   * something to give gets a rejection, and does not run it for those who still wait.
   */
  once(submission: Submission, run: Run<outcome>, time: CallTime): Promise<outcome>
}

/** Who sends a submission, by the `Cookie` header: the same name for the same cookies. */
export interface Visitors<outcome> {
  nameOf(cookie: string): string
  /** The visitor's name after a run, which may have set cookies. */
  nameAfter(cookie: string, outcome: outcome): string
}

/** How long a submission is remembered, and how many: the oldest ones go first. */
const limits = { ttl: 10 * 60_000, ttlResolution: 0, max: 10_000, maxSize: 32 * 1024 * 1024 }

/** An entry without its texts and its value, in bytes. */
const entrySize = 500

/** `ended` gives what was kept; when the run is done, `kept` has it, and nothing else of the run is held. */
type Entry<outcome> =
  | { cookie: string; ended: Promise<outcome | null>; kept: null }
  | { cookie: string; ended: null; kept: outcome }

/** Remembers in this process. `clock` gives milliseconds. */
export function createMemorySubmissions<outcome extends object>(
  visitors: Visitors<outcome>,
  clock: { now: () => number } = performance,
): SubmissionStore<outcome> {
  const entries = new LRUCache<string, Entry<outcome>>({ ...limits, perf: clock })

  const remember = (submission: Submission, run: Run<outcome>): Promise<outcome> => {
    const name = nameOf(submission)
    const { cookie } = submission
    const done = run()
    // An outcome that is not kept may be large: nothing of the entry may hold it.
    const ended = done.then((result) => result?.kept ?? null)
    const entry: Entry<outcome> = { cookie, ended, kept: null }
    const size = entrySize + name.length + cookie.length
    entries.set(name, entry, { size })
    const settle = (result: Done<outcome> | null): void => {
      // Another visitor may have taken its place by now.
      if (entries.peek(name) !== entry) return
      if (!result?.kept) {
        entries.delete(name)
        return
      }
      entries.set(name, { cookie, ended: null, kept: result.kept }, { size: size + result.size })
    }
    done.then(settle, () => settle(null))
    // Whoever waits is told.
    ended.catch(() => undefined)
    return done.then((result) => result?.outcome ?? rejectLate())
  }

  const isSame = (cookie: string, entry: Entry<outcome>): boolean => {
    if (cookie === entry.cookie) return true
    // What a run sets is known when it has ended: until then it is another visitor.
    if (entry.kept === null) return false
    return visitors.nameOf(cookie) === visitors.nameAfter(entry.cookie, entry.kept)
  }

  const once: SubmissionStore<outcome>['once'] = (submission, run, time) => {
    if (time.isOver()) return rejectLate()
    const entry = entries.get(nameOf(submission))
    if (!entry || !isSame(submission.cookie, entry)) return remember(submission, run)
    if (entry.ended === null) return Promise.resolve(entry.kept)
    return entry.ended.then((kept) => kept ?? once(submission, run, time))
  }
  return { once }
}

function rejectLate(): Promise<never> {
  return Promise.reject(new Error('The time of this submission was over before it could run.'))
}

export function nameOf({ key, content }: Submission): string {
  // As one piece: V8 would keep what is put together by `+` as a tree of its parts.
  return [key, content].join('\n')
}
