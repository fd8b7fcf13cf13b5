export default function Loading() {
  return (
    <div className="narrow skeleton stack" role="status" aria-label="Loading">
      <div />
      <div />
      <div />
    </div>
  )
}
