/** Why the other roles in a menu are disabled. */
export function LastOwnerHint() {
  return (
    <p className="px-3 py-1.5 text-small text-soft">
      Somebody has to stay the owner. Make another person owner first.
    </p>
  )
}
