'use client'

import { useEffect, useState } from 'react'
import { receive } from './functions'

let runs = 0

/** Shows how many bytes have arrived, and how long they took. */
export function Uploader() {
  const [text, setText] = useState('')
  useEffect(() => setText('ready'), [])
  async function run() {
    const formData = new FormData()
    formData.set('file', new File([new Uint8Array(20_000_000)], 'zeros.bin'))
    const start = performance.now()
    const size = await receive(formData)
    setText(`run ${++runs}: ${size} in ${performance.now() - start} ms`)
  }
  return (
    <p>
      <button onClick={run}>Send</button>
      <output>{text}</output>
    </p>
  )
}
