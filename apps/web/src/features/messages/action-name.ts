import { createContext } from 'react'

/** Which entry of the table of actions a button is, and the key that presses it. */
export interface ActionName {
  name: string
  key?: string | undefined
}

export const ActionNameContext = createContext<ActionName | undefined>(undefined)
