import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icons } from './icons.js';
import { shared } from './shared.js';

/** An address to hand to somebody. */
@customElement('parley-link')
export class Link extends LitElement {
  static override styles = [
    shared,
    css`
      div {
        display: flex;
        gap: var(--s2);
      }
      input {
        flex: 1;
        min-width: 0;
        font: var(--small) var(--mono);
      }
      button {
        flex: none;
      }
    `,
  ];

  @property() address = '';
  @property() label = '';
  @state() private copied = false;
  @query('input') private field!: HTMLInputElement;

  override render() {
    return html`<div>
      <input readonly aria-label=${this.label} .value=${this.address} @focus=${() => this.field.select()} />
      <button type="button" @click=${this.#copy}>${icons.copy} ${this.copied ? 'Copied' : 'Copy'}</button>
    </div>`;
  }

  async #copy(): Promise<void> {
    this.field.select();
    // Without TLS a browser offers no clipboard: then the address is at least selected.
    await navigator.clipboard?.writeText(this.address).then(() => (this.copied = true), () => {});
  }
}
