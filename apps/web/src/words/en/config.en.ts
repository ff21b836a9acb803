import { word } from '../word.ts'

export const httpsOnly = word(
  'Conclave works over https only. Open its https address, or use localhost.',
)
export const noStorage = word(
  'This browser does not let Conclave store anything. Allow cookies and site data for this address.',
)
export const serverSlow = word('The server is taking long to answer. Still waiting.')
export const noConfig = word('{reason} Retrying automatically.')
export const silent = word('The server is not responding.')
export const answered = word('The server answered /config.json with {status}.')
export const empty = word('/config.json has no configuration in it.')
export const deviceOffline = word('This device is offline.')
