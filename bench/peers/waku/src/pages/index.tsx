import { Link } from 'waku'

export default function Page() {
  return <Link to="/posts">Posts</Link>
}
export const getConfig = async () => ({ render: 'static' }) as const
