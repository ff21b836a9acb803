import { join } from 'node:path'
import { ROOT } from '../root.ts'

/** Where `dev` and `start` keep their data between runs. */
export const DATA_DIR = join(ROOT, '.data')
