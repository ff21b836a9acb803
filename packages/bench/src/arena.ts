import type { Conclave } from './contestants/conclave.ts'
import type { SocketIo } from './contestants/socketio.ts'
import type { Tutorial } from './contestants/tutorial.ts'
import type { Pinning } from './machine/pinning.ts'
import type { Options } from './options.ts'
import type { Figures } from './report/figures.ts'

/** Everything a measure may use. */
export interface Arena {
  readonly options: Options
  readonly pinning: Pinning
  readonly figures: Figures
  readonly conclave: Conclave
  readonly tutorial: Tutorial
  readonly socketIo: { readonly normal: SocketIo; readonly full: SocketIo }
  /** Prints what is going on. */
  progress: (what: string) => void
}
