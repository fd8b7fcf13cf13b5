import type { Answer } from './answer-reader.ts'
import type { Connection } from './connection.ts'

/** What one round of requests has come to: the status that is not 200, if there was one. */
export type Round = { status: number; bytes: number; bodyBytes: number }

/** Sends the requests of a round one after the other, each when the one before is answered. */
export function runRound(
  connection: Connection,
  encoders: readonly (() => Buffer)[],
  onRound: (round: Round) => void,
): void {
  const round: Round = { status: 200, bytes: 0, bodyBytes: 0 }
  let step = 0
  function send(): void {
    const encode = encoders[step]
    if (encode) connection.send(encode(), onAnswer)
    else onRound(round)
  }
  function onAnswer({ status, bytes, bodyBytes }: Answer): void {
    round.bytes += bytes
    round.bodyBytes += bodyBytes
    if (status === 200) step++
    else {
      round.status = status
      step = encoders.length
    }
    send()
  }
  send()
}
