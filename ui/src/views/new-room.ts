import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { pathTo } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { wordsOf } from '../wire/errors.js';
import type { Visibility } from '../wire/shapes.js';
import { formStyles } from './form-styles.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

@customElement('parley-new-room')
export class NewRoom extends LitElement {
  static override styles = [shared, formStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @state() private visibility: Visibility = 'public';
  @state() private wrong = '';

  override render() {
    return html`<form @submit=${this.#create}>
      <label>Name <input name="title" required autofocus maxlength="120" autocomplete="off" placeholder="For example: Kitchen" /></label>
      ${visibilityChoice(this.visibility, (chosen) => (this.visibility = chosen))}
      <p class="hint">
        ${this.visibility === 'public' ? 'Everybody on this server can read the room and join it.' : 'Only members see the room; they are invited.'}
      </p>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : ''}
      <div class="end"><button class="primary">Create room</button></div>
    </form>`;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { connection, conversations, route } = this.workspace;
    const title = String(new FormData(event.target as HTMLFormElement).get('title')).trim();
    try {
      const { conversation } = await connection.call('conversations.create', { kind: 'room', title, visibility: this.visibility });
      conversations.put(conversation);
      route.go(pathTo(conversation.id));
      tell(this, 'close', undefined);
    } catch (error) {
      this.wrong = wordsOf(error);
    }
  }
}

export function visibilityChoice(now: Visibility, choose: (visibility: Visibility) => void) {
  const segment = (visibility: Visibility, words: string) => html`<label>
    <input type="radio" name="visibility" .checked=${now === visibility} @change=${() => choose(visibility)} />${words}
  </label>`;
  return html`<div class="segments" role="radiogroup" aria-label="Who can see the room">
    ${segment('public', 'Public')} ${segment('private', 'Private')}
  </div>`;
}
