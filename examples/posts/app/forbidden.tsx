import { Notice } from '@/components/notice'

export default function Forbidden() {
  return <Notice title="Not yours">Only its author may do that.</Notice>
}
