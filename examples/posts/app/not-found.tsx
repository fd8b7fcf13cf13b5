import { Notice } from '@/components/notice'

export default function NotFound() {
  return <Notice title="Not found">There is no such page.</Notice>
}
