import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Account, Actor, Status } from '../wire/shapes.js';
import { hueOf, initials, shownName } from '../text/names.js';

/** Initials on a colour of their own; a persona's is square. */
@customElement('parley-avatar')
export class Avatar extends LitElement {
  static override styles = css`
    :host {
      position: relative;
      display: inline-grid;
      place-items: center;
      flex: none;
      width: var(--avatar, 36px);
      height: var(--avatar, 36px);
      border-radius: 50%;
      background: oklch(48% 0.085 var(--hue));
      color: #fff;
      font-size: calc(var(--avatar, 36px) * 0.38);
      font-weight: 600;
      letter-spacing: 0.01em;
      line-height: 1;
      user-select: none;
    }
    :host([persona]) {
      border-radius: 28%;
    }
    i {
      position: absolute;
      right: -2px;
      bottom: -2px;
      width: max(9px, 30%);
      height: max(9px, 30%);
      border: 2px solid var(--around, var(--ground));
      border-radius: 50%;
      background: var(--online);
    }
    i.away {
      background: var(--away);
    }
  `;

  @property({ attribute: false }) of: Actor | Account | undefined;
  @property({ attribute: false }) status: Status | undefined;

  override render() {
    if (!this.of) return '';
    return html`<span aria-hidden="true">${initials(shownName(this.of))}</span>
      ${this.status && this.status !== 'offline' ? html`<i class=${this.status} role="img" aria-label=${this.status}></i>` : ''}`;
  }

  override updated(): void {
    if (!this.of) return;
    // Through the object model: the content security policy forbids style attributes.
    this.style.setProperty('--hue', String(hueOf(this.of.name)));
    this.toggleAttribute('persona', 'kind' in this.of && this.of.kind === 'persona');
  }
}
