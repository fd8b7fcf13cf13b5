/** An option of `volley()` that cannot be meant; the message names it, its value and what fits. */
export class OptionError extends Error {
  override name = 'OptionError'

  constructor(option: string, value: unknown, expected: string) {
    super(
      `volley(): the option \`${option}\` is ${JSON.stringify(value)}, but must be ${expected}.`,
    )
  }
}

/** @throws OptionError for the first name in `options` that is not one of `names` */
export function refuseUnknown(options: object, names: readonly string[], prefix: string): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const list = names.map((name) => prefix + name).join(', ')
  throw new OptionError(
    prefix + unknown,
    Reflect.get(options, unknown),
    `left out: known are ${list}`,
  )
}

/** @throws OptionError */
export function requireTexts(option: string, value: unknown): void {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return
  throw new OptionError(option, value, 'a list of strings')
}

/** @throws OptionError */
export function requireFlag(option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new OptionError(option, value, 'true or false')
}

/** A whole number above zero. @throws OptionError */
export function parseCount(option: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw new OptionError(option, value, 'a whole number above 0')
}

const sizes = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }

/** Bytes of a number or of a text such as `'2mb'`. @throws OptionError */
export function parseSize(option: string, value: unknown): number {
  const bytes = Math.floor(amountOf(value, 'b', sizes))
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  const expected = "a number of bytes above 0, or text such as '500kb' or '2mb'"
  throw new OptionError(option, value, expected)
}

const durations = { ms: 1, s: 1000, m: 60_000 }

/** The longest delay that a timer of Node takes. */
const maxDuration = 2 ** 31 - 1

/** Milliseconds of a number or of a text such as `'30s'`. @throws OptionError */
export function parseDuration(option: string, value: unknown): number {
  const milliseconds = Math.round(amountOf(value, 'ms', durations))
  if (milliseconds > 0 && milliseconds <= maxDuration) return milliseconds
  const expected = "a number of milliseconds above 0, or text such as '500ms', '30s' or '2m'"
  throw new OptionError(option, value, expected)
}

/** `NaN` for what is no amount. */
function amountOf(value: unknown, plain: string, units: Readonly<Record<string, number>>): number {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(text) : null
  const unit = match?.[2]?.toLowerCase() || plain
  return Number(match?.[1]) * (Object.hasOwn(units, unit) ? (units[unit] ?? 0) : Number.NaN)
}
