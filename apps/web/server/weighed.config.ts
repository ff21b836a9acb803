import { mergeConfig } from 'vite'
import config from '../vite.config.ts'
import { weighed } from './weights.ts'

/** The build as it is, with what its modules weigh. */
export default mergeConfig(config, { plugins: [weighed()] })
