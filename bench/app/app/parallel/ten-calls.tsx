'use client'

import { useState } from 'react'
import { wait } from './functions'

/** Shows the sum of ten values, and how long they took. */
export function TenCalls() {
  const [text, setText] = useState('')
  async function run() {
    const start = performance.now()
    const values = await Promise.all(Array.from({ length: 10 }, (_, index) => wait(index)))
    const sum = values.reduce((total, value) => total + value)
    setText(`${sum} in ${(performance.now() - start).toFixed(2)} ms`)
  }
  return (
    <p>
      <button onClick={run}>Call</button>
      <output>{text}</output>
    </p>
  )
}
