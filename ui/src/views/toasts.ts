import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watch } from '../state/observable.js';
import type { Toasts } from '../state/toasts.js';
import { icons } from './icons.js';
import { shared } from './shared.js';

@customElement('parley-toasts')
export class ToastsView extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: fixed;
        inset: 60px 0 auto auto;
        margin: 0;
        gap: var(--s2);
        width: min(24rem, 100vw);
        padding: var(--s3);
        border: 0;
        background: none;
        overflow: visible;
        pointer-events: none;
      }
      :host(:popover-open) {
        display: grid;
      }
      div {
        display: flex;
        align-items: center;
        gap: var(--s3);
        padding: var(--s2) var(--s2) var(--s2) var(--s4);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow);
        pointer-events: auto;
        animation: in 0.16s ease-out;
      }
      div.error {
        border-color: var(--danger);
      }
      .error > svg {
        color: var(--danger);
      }
      p,
      a {
        flex: 1;
        overflow-wrap: anywhere;
      }
      a:hover {
        text-decoration: underline;
      }
      @keyframes in {
        from {
          opacity: 0;
          transform: translateY(-8px);
        }
      }
    `,
  ];

  @property({ attribute: false }) toasts!: Toasts;
  readonly watch = new Watch(this, () => [this.toasts]);

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
  }

  override render() {
    return repeat(this.toasts.items, (toast) => toast.id, (toast) => html`<div class=${toast.kind} role=${
      toast.kind === 'error' ? 'alert' : 'status'
    }>
      ${toast.kind === 'error' ? icons.warning : ''}
      ${toast.link ? html`<a href=${toast.link} @click=${() => this.toasts.dismiss(toast.id)}>${toast.text}</a>` : html`<p>${toast.text}</p>`}
      <button class="icon" aria-label="Dismiss" @click=${() => this.toasts.dismiss(toast.id)}>${icons.close}</button>
    </div>`);
  }

  /** In the top layer, so that words about a dialog are not behind it. */
  override updated(): void {
    if (this.matches(':popover-open')) this.hidePopover();
    if (this.toasts.items.length > 0) this.showPopover();
  }
}
