export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <div className="posts">
      <header>
        <h1>Posts</h1>
      </header>
      {children}
    </div>
  )
}
