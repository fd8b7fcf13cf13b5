import { randomUUID } from 'node:crypto'
import type { Stamp } from '../wire/stamp.ts'

/** Gives each rendering its stamp. */
export type StampSource = () => Stamp

export function createStampSource(): StampSource {
  const instance = randomUUID()
  let counter = 0
  return () => ({ instance, counter: ++counter })
}
