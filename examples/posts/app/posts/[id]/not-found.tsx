import { Notice } from '@/components/notice'

export default function PostNotFound() {
  return <Notice title="No such post">It may have been deleted by its author.</Notice>
}
