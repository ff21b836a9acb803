import { Component } from 'react'

/** Calls back whenever the component that renders it is about to change the page: what is measured then was there before. */
export class BeforeUpdate extends Component<{ onUpdate: () => void }> {
  override getSnapshotBeforeUpdate(): null {
    this.props.onUpdate()
    return null
  }

  // React asks for it beside the other.
  override componentDidUpdate(): void {}

  override render(): null {
    return null
  }
}
