import { TextField } from './TextField.tsx'

/** The field above a list that searches it. */
export function SearchField(props: {
  label: string
  text: string
  maxLength: number
  onText: (text: string) => void
}) {
  const { label, text, maxLength, onText } = props
  return (
    <search className="block pb-3">
      <TextField
        label={label}
        value={text}
        maxLength={maxLength}
        autoComplete="off"
        onChange={({ target }) => onText(target.value)}
      />
    </search>
  )
}
