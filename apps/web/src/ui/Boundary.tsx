import { Component, type ComponentType, type ReactNode } from 'react'

export interface FallbackProps {
  error: unknown
  /** Renders the part again. */
  again: () => void
}

interface Props {
  fallback: ComponentType<FallbackProps>
  /** A different value renders the part again: another page, another message. */
  resetKey?: unknown
  children: ReactNode
}

interface State {
  thrown: { error: unknown } | undefined
}

/** If its content throws while rendering, the fallback takes its place; everything around it continues. */
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
