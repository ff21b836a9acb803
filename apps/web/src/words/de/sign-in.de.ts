import type * as english from '../en/sign-in.en.ts'
import { translated } from '../word.ts'

export const signIn = translated<typeof english>()({
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  createAccount: 'Konto anlegen',
  motto: 'Ein ruhiger Ort, an dem dein Team vertraulich spricht.',
  tenantSaid: 'Der Anmeldedienst hat geantwortet:',
  quoted: '„{text}“',
  forOperator: 'Für alle, die Conclave betreiben: {hint}',
})
