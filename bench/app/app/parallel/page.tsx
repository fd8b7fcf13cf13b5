import { TenCalls } from './ten-calls'

export const dynamic = 'force-dynamic'

export default function Page() {
  return <TenCalls />
}
