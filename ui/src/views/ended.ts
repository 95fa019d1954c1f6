import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Session, Signed } from '../state/session.js';
import { logo } from './icons.js';
import { shared } from './shared.js';

const WHY = {
  'signed-out': ['You have been signed out', 'Your session ended or was closed elsewhere. Nothing that you sent is lost.'],
  removed: ['An operator closed your connection', 'You can come back, unless your account was disabled.'],
  refused: ['The connection was refused', 'The server and this page do not understand each other. Reloading the page may help.'],
} as const;

/** What is shown when there is nothing to go on with: before the first answer, without a server, after the end. */
@customElement('parley-ended')
export class Ended extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--s3);
        height: 100%;
        padding: var(--s5);
        background: var(--sunken);
        text-align: center;
      }
      h1 {
        margin-top: var(--s2);
        font-size: 1.375rem;
        font-weight: 650;
      }
      p {
        max-width: 26rem;
        color: var(--muted);
      }
      button {
        margin-top: var(--s3);
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) signed!: Signed;

  override render() {
    const { signed } = this;
    if (signed.phase === 'unreachable') {
      return html`${logo(48)}<h1>The server cannot be reached</h1><p role="status">Trying again every few seconds…</p>`;
    }
    if (signed.phase !== 'ended') return html`${logo(48)}<p class="hidden" role="status">Loading</p>`;
    const [title, words] = WHY[signed.why];
    return html`${logo(48)}
      <h1 role="alert">${title}</h1>
      <p>${words}${signed.why === 'refused' ? html` <small>(code ${signed.code})</small>` : ''}</p>
      ${signed.why === 'signed-out'
        ? html`<button class="primary" autofocus @click=${() => this.session.toSignIn()}>Sign in again</button>`
        : html`<button class="primary" autofocus @click=${() => location.reload()}>Reload</button>`}`;
  }
}
