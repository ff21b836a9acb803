import { useEffect, useState } from 'react'

/** Now, anew after each midnight, so that "Today" stays true. */
export function useToday(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const midnight = new Date(now)
    midnight.setHours(24, 0, 1, 0)
    const timer = setTimeout(() => setNow(new Date()), midnight.getTime() - Date.now())
    return () => clearTimeout(timer)
  }, [now])
  return now
}
