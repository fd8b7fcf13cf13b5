import { Uploader } from './uploader'

export const dynamic = 'force-dynamic'

export default function Page() {
  return <Uploader />
}
