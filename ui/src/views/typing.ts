import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Opened } from '../state/open.js';
import { mayStop } from '../state/rights.js';
import { listed, shownName } from '../text/names.js';
import type { Account } from '../wire/shapes.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** Who is writing, and the way to stop it; the line keeps its height, so that nothing moves when somebody starts. */
@customElement('parley-typing')
export class Typing extends LitElement {
  static override styles = [shared, css`
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
    button.link {
      position: relative;
      min-height: 22px;
      padding: 0 var(--s2);
      font-weight: 600;
    }
    /* A thumb needs more room than the line has. */
    button.link::after {
      content: '';
      position: absolute;
      inset: -10px -6px;
    }
    @media (prefers-reduced-motion: reduce) {
      i {
        animation: none;
      }
    }
  `];

  @property({ attribute: false }) opened!: Opened;
  @property({ attribute: false }) me!: Account;
  readonly watch = new Watch(this, () => [this.opened.activity, this.opened.timeline]);

  override render() {
    const { activity, timeline } = this.opened;
    const writers = [...new Map(activity.all.map((doing) => [doing.actor.id, doing])).values()];
    const [first] = writers;
    if (!first) return '';
    const doing = first.actor.kind === 'account' ? 'typing' : first.draft.length > 0 ? 'writing' : 'thinking';
    const verb = writers.length > 1 ? 'are writing' : `is ${doing}`;
    const stops = activity.all.some(({ replyTo }) => mayStop(timeline.byId(replyTo), this.me));
    return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="typing">${listed(writers.map(({ actor }) => shownName(actor)))} ${verb}…</span>
      ${stops ? html`<button class="link" @click=${() => tell(this, 'stop', undefined)}>Stop</button>` : ''}`;
  }
}
