import { useQuery } from '@tanstack/react-query'
import { loadEmoji, type Emoji } from './emoji-list.ts'

/** All emoji, from when somebody asked for them and they are loaded. */
export function useEmojiList(isAsked: boolean): readonly Emoji[] | undefined {
  const { data } = useQuery({
    queryKey: ['emoji'],
    queryFn: loadEmoji,
    enabled: isAsked,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
    retry: true,
  })
  return data
}
