import { word } from '../word.ts'

export const signIn = word('Sign in')
export const signOut = word('Sign out')
export const createAccount = word('Create an account')
export const motto = word('A quiet place for your team to talk in confidence.')
export const tenantSaid = word('The sign-in service said:')
export const quoted = word('“{text}”')
export const forOperator = word('For whoever runs Conclave: {hint}')
