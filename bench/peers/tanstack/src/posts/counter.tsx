import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { add, touch } from './functions'

export function Counter() {
  const router = useRouter()
  const [count, setCount] = useState(4100)
  async function touchAndLoad() {
    setCount(await touch({ data: count }))
    await router.invalidate()
  }
  return (
    <p>
      <button onClick={async () => setCount(await add({ data: [count, 1] }))}>{count}</button>
      <button onClick={touchAndLoad}>{count}</button>
    </p>
  )
}
