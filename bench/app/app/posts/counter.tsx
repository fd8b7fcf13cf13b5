'use client'

import { useState } from 'react'
import { add, touch } from './functions'

export function Counter() {
  const [count, setCount] = useState(4100)
  return (
    <p>
      <button onClick={async () => setCount(await add(count, 1))}>{count}</button>
      <button onClick={async () => setCount(await touch(count))}>{count}</button>
    </p>
  )
}
