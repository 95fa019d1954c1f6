import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './dialog.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** Asks once more before something that cannot be undone. */
@customElement('parley-confirm')
export class Confirm extends LitElement {
  static override styles = [
    shared,
    css`
      p {
        color: var(--muted);
      }
      div {
        display: flex;
        justify-content: flex-end;
        gap: var(--s2);
        margin-top: var(--s5);
      }
    `,
  ];

  @property() heading = '';
  @property() words = '';
  @property() action = '';

  override render() {
    return html`<parley-dialog .heading=${this.heading}>
      <p>${this.words}</p>
      <div>
        <button @click=${() => tell(this, 'close', undefined)}>Cancel</button>
        <button class="danger" autofocus @click=${this.#confirmed}>${this.action}</button>
      </div>
    </parley-dialog>`;
  }

  #confirmed(): void {
    tell(this, 'pick', '');
    tell(this, 'close', undefined);
  }
}
