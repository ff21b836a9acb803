/** The logo: a keyhole in a rounded door. Decoration beside the name. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={className} aria-hidden="true">
      <path
        className="fill-brass"
        d="M2.5 7a5.5 5.5 0 0 1 11 0v7a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 14Z"
      />
      <path
        className="fill-paper"
        d="M8 4.75a2 2 0 0 0-1.05 3.7l-.7 3.3h3.5l-.7-3.3A2 2 0 0 0 8 4.75Z"
      />
    </svg>
  )
}
