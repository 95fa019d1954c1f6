import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Workspace } from '../state/workspace.js';
import { shownName } from '../text/names.js';
import { icons, logo } from './icons.js';
import { shared } from './shared.js';
import { type DialogName, tell } from './tell.js';

/** Where nothing is chosen yet: the next steps, not a blank page. */
@customElement('parley-welcome')
export class Welcome extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--s2);
        padding: var(--s5);
        text-align: center;
      }
      h1 {
        margin-top: var(--s3);
        font-size: 1.5rem;
        font-weight: 650;
        letter-spacing: -0.015em;
      }
      p {
        max-width: 28rem;
        color: var(--muted);
      }
      .steps {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--s3);
        margin-top: var(--s5);
      }
      .steps button {
        min-height: 42px;
      }
    `,
  ];

  @property({ attribute: false }) workspace!: Workspace;
  readonly watch = new Watch(this, () => [this.workspace.conversations, this.workspace.session]);

  override render() {
    const { conversations, me } = this.workspace;
    if (!conversations.loaded) return '';
    const empty = conversations.mine.length === 0;
    return html`${logo(56)}
      <h1>${empty ? `Welcome, ${shownName(me)}` : `Hello, ${shownName(me)}`}</h1>
      <p>
        ${empty
          ? 'Rooms are where a group talks; direct messages are between two. Open the first one, or look around.'
          : 'Choose a conversation on the left, or start a new one.'}
      </p>
      <div class="steps">
        ${this.#step('room', icons.plus, 'Create a room', empty)} ${this.#step('browse', icons.compass, 'Browse rooms')}
        ${this.#step('direct', icons.edit, 'Write to somebody')}
      </div>`;
  }

  #step(dialog: DialogName, icon: unknown, words: string, primary = false) {
    return html`<button class=${primary ? 'primary' : ''} @click=${() => tell(this, 'open-dialog', dialog)}>${icon} ${words}</button>`;
  }
}
