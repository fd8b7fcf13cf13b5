import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What one instance and one Redis were measured to need: the constants of the simulation. */
export type Measured = {
  at: string
  machine: string
  /** Processor time of an instance, in microseconds. */
  instance: { keptPage: number; renderedPage: number; call: number }
  /** Processor time of Redis, in microseconds. */
  redis: { read: number; get: number; set: number; tell: number; push: number }
  /** Between a process and Redis on one machine, in microseconds. */
  roundTrip: number
  /** What an invalidated tag takes, as one of many. */
  bytes: { slotInRedis: number; slotInProcess: number }
}

export const measuredFile = 'bench/measured.json'

export function readMeasured(): Measured {
  return JSON.parse(readFileSync(path.resolve(measuredFile), 'utf8')) as Measured
}

export function writeMeasured(measured: Measured): void {
  writeFileSync(path.resolve(measuredFile), `${JSON.stringify(measured, rounded, 2)}\n`)
}

/** More digits would only say how the machine felt. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(3)) : value
}
