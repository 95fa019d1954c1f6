import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Connection } from '../wire/connection.js';
import { shared } from './shared.js';

/** A hiccup that is over at once is not worth a line. */
const QUIET_MS = 600;
const BACK_MS = 2_000;

type Shown = 'nothing' | 'lost' | 'back';

/** Says that the connection is lost, when it is tried again, and that it is back. */
@customElement('parley-link-status')
export class LinkStatus extends LitElement {
  static override styles = [
    shared,
    css`
      p {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: var(--s3);
        min-height: 36px;
        padding: var(--s1) var(--s4);
        border-bottom: 1px solid var(--line);
        background: var(--mention);
        font-size: var(--small);
      }
      p.back {
        background: var(--accent-soft);
      }
      span {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) connection!: Connection;
  @state() private shown: Shown = 'nothing';
  #coming: Shown = 'nothing';
  readonly watch = new Watch(this, () => [this.connection]);
  #clock = 0;
  #change = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#change);
    clearInterval(this.#clock);
  }

  override willUpdate(): void {
    const open = this.connection.isOpen;
    clearInterval(this.#clock);
    if (!open) this.#clock = window.setInterval(() => this.requestUpdate(), 1_000);
    if (!open && this.shown !== 'lost') this.#next('lost', this.shown === 'back' ? 0 : QUIET_MS);
    else if (open && this.shown === 'lost') this.#next('back', 0);
    else if (open) this.#next('nothing', this.shown === 'back' ? BACK_MS : 0);
  }

  /** What is shown next, and when; a change that is already on its way keeps its time. */
  #next(shown: Shown, ms: number): void {
    if (this.#coming === shown) return;
    clearTimeout(this.#change);
    this.#coming = shown;
    if (shown === this.shown) return;
    this.#change = window.setTimeout(() => (this.shown = shown), ms);
  }

  override render() {
    if (this.shown === 'back') return html`<p class="back" role="status">Connected again.</p>`;
    if (this.shown !== 'lost') return '';
    return html`<p role="status">
      <span>${this.#words()}</span>
      <button class="link" @click=${() => this.connection.hurry()}>Try now</button>
    </p>`;
  }

  #words(): string {
    const { link } = this.connection;
    if (link.phase === 'connecting') return link.attempt === 0 ? 'Connecting…' : 'Connection lost. Reconnecting…';
    if (link.phase !== 'waiting') return 'Not connected.';
    const seconds = Math.max(1, Math.ceil((link.until - Date.now()) / 1_000));
    return `Connection lost. Trying again in ${seconds} s`;
  }
}
