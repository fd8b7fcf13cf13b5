const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'long' })

export function Byline({ author, created }: { author: string; created: number }) {
  return (
    <>
      <span className="author">{author}</span>
      <time dateTime={new Date(created).toISOString()}>{dateFormat.format(created)}</time>
    </>
  )
}
