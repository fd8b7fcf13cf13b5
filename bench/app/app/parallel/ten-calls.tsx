'use client'

import { useEffect, useState } from 'react'
import { wait } from './functions'

let runs = 0

/** Shows the sum of ten values, and how long they took. */
export function TenCalls() {
  const [text, setText] = useState('')
  useEffect(() => setText('ready'), [])
  async function run() {
    const start = performance.now()
    const values = await Promise.all(Array.from({ length: 10 }, (_, index) => wait(index)))
    const sum = values.reduce((total, value) => total + value)
    setText(`run ${++runs}: ${sum} in ${performance.now() - start} ms`)
  }
  return (
    <p>
      <button onClick={run}>Call</button>
      <output>{text}</output>
    </p>
  )
}
