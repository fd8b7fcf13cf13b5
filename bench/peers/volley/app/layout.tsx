export const tags: string[] = []

/** The layout of `bench/app`, which also says what it depends on: nothing. */
export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
