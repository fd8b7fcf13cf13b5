/** Waku makes `html` and `body` itself. */
export default function RootLayout({ children }: { children: React.ReactNode }) {
  return children
}
export const getConfig = async () => ({ render: 'static' }) as const
