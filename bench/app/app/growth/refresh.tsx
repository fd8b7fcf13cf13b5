'use client'

import { useState } from 'react'
import { refresh } from './functions'

export function Refresh({ count }: { count: number }) {
  const [times, setTimes] = useState(4100)
  return (
    <p>
      <button onClick={async () => setTimes(await refresh(count, times))}>{times}</button>
    </p>
  )
}
