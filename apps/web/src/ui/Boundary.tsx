import { Component, type ComponentType, type ReactNode } from 'react'

export interface FallbackProps {
  error: unknown
  /** Shows the part once more. */
  again: () => void
}

interface Props {
  fallback: ComponentType<FallbackProps>
  /** Another value shows the part anew: another page, another message. */
  resetKey?: unknown
  children: ReactNode
}

interface State {
  thrown: { error: unknown } | undefined
}

/** What throws while it is shown is replaced by words; everything around it goes on. */
export class Boundary extends Component<Props, State> {
  override state: State = { thrown: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { thrown: { error } }
  }

  override componentDidUpdate({ resetKey }: Props): void {
    if (this.state.thrown && resetKey !== this.props.resetKey) this.#again()
  }

  readonly #again = () => this.setState({ thrown: undefined })

  override render(): ReactNode {
    const { fallback: Fallback, children } = this.props
    const { thrown } = this.state
    return thrown ? <Fallback error={thrown.error} again={this.#again} /> : children
  }
}
