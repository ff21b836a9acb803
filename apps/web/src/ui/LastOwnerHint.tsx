/** Why the other roles in a menu are disabled. */
export function LastOwnerHint() {
  return (
    <p className="px-3 py-1.5 text-small text-soft">
      There must be an owner. Make somebody else an owner first.
    </p>
  )
}
