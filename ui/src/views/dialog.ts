import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icons } from './icons.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** A modal dialog: the native element brings the focus trap, Esc and the way back to where the focus was. */
@customElement('parley-dialog')
export class Dialog extends LitElement {
  static override styles = [
    shared,
    css`
      dialog {
        width: min(30rem, calc(100vw - 2rem));
        max-height: min(42rem, calc(100dvh - 2rem));
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--round-l);
        background: var(--ground);
        color: var(--text);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: rise 0.14s ease-out;
      }
      dialog::backdrop {
        background: var(--veil);
      }
      :host([top]) dialog {
        margin-top: min(12vh, 7rem);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: var(--s4) var(--s4) 0 var(--s5);
      }
      h2 {
        font-size: var(--large);
        font-weight: 650;
      }
      .body {
        display: flex;
        flex-direction: column;
        min-height: 0;
        padding: var(--s4) var(--s5) var(--s5);
        overflow-y: auto;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(6px);
        }
      }
    `,
  ];

  @property() heading = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  #before: Element | null = null;

  override firstUpdated(): void {
    this.#before = focused();
    this.dialog.showModal();
  }

  /** A dialog that is removed while open does not give the focus back by itself. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @pointerdown=${this.#outside}>
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button class="icon" type="button" aria-label="Close" @click=${() => this.dialog.close()}>${icons.close}</button>
      </header>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  #closed(): void {
    tell(this, 'close', undefined);
  }

  #outside(event: PointerEvent): void {
    if (event.composedPath()[0] === this.dialog) this.dialog.close();
  }
}

function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
