/**
 * What the arguments of one call may consist of. React's decoder works for as long as its input
 * tells it to, so the input is bounded first.
 */
export type ReplyLimits = {
  /** Arguments of a call. */
  arguments: number
  /** Objects and arrays inside of one another, also through references. */
  depth: number
  /** Rows: parts of a reply that others refer to, and the items of its streams. */
  rows: number
  /** Items of all arrays together. */
  items: number
  /** Properties of all objects together. */
  properties: number
  /** Strings that stand for another part of the reply, or for what stays in the browser. */
  references: number
  /** Digits of a bigint. */
  digits: number
  /** Streams and async iterables. */
  streams: number
  /** Bound arguments of a server function that is an argument. */
  bound: number
  /** Fields of all forms together. */
  entries: number
  /** Milliseconds that decoding may take, which some replies never end. */
  time: number
}

export const defaultReplyLimits: ReplyLimits = {
  arguments: 64,
  depth: 64,
  rows: 1_000,
  items: 100_000,
  properties: 50_000,
  references: 10_000,
  digits: 300,
  streams: 8,
  bound: 32,
  entries: 1_000,
  time: 1_000,
}

/** The arguments of a call are no reply that React's encoder writes, or exceed a limit. */
export class ReplyError extends Error {
  override name = 'ReplyError'
}
