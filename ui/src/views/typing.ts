import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Activity } from '../state/activity.js';
import { Watch } from '../state/observable.js';
import { listed, shownName } from '../text/names.js';

/** Who is writing; the line keeps its height, so that nothing moves when somebody starts. */
@customElement('parley-typing')
export class Typing extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
      height: 24px;
      padding: 0 4px 2px;
      color: var(--muted);
      font-size: var(--tiny);
    }
    .dots {
      display: inline-flex;
      gap: 3px;
    }
    i {
      width: 5px;
      height: 5px;
      border-radius: 50%;
      background: var(--accent);
      animation: wave 1.2s ease-in-out infinite;
    }
    i:nth-child(2) {
      animation-delay: 0.15s;
    }
    i:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes wave {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
        transform: translateY(-2px);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      i {
        animation: none;
      }
    }
  `;

  @property({ attribute: false }) activity!: Activity;
  readonly watch = new Watch(this, () => [this.activity]);

  override render() {
    const { writing } = this.activity;
    if (writing.length === 0) return '';
    const verb = writing.length > 1 ? 'are typing' : writing[0]?.kind === 'persona' ? 'is thinking' : 'is typing';
    return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="typing">${listed(writing.map(shownName))} ${verb}…</span>`;
  }
}
