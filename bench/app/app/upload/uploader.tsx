'use client'

import { useState } from 'react'
import { receive } from './functions'

/** Shows how many bytes have arrived, and how long they took. */
export function Uploader() {
  const [text, setText] = useState('')
  async function run() {
    const formData = new FormData()
    formData.set('file', new File([new Uint8Array(20_000_000)], 'zeros.bin'))
    const start = performance.now()
    const size = await receive(formData)
    setText(`${size} in ${(performance.now() - start).toFixed(2)} ms`)
  }
  return (
    <p>
      <button onClick={run}>Send</button>
      <output>{text}</output>
    </p>
  )
}
