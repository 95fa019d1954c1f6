import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { moderates } from '../state/rights.js';
import type { Workspace } from '../state/workspace.js';
import { plural, titleOf } from '../text/names.js';
import { full } from '../text/time.js';
import { wordsOf } from '../wire/errors.js';
import type { Params } from '../wire/functions.js';
import type { Conversation } from '../wire/shapes.js';
import { formStyles } from './form-styles.js';
import { visibilityChoice } from './new-room.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** A room's name, topic and visibility for its moderators; the way out for everybody. */
@customElement('parley-details')
export class Details extends LitElement {
  static override styles = [shared, formStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) conversation: Conversation | undefined;
  @state() private visibility: Conversation['visibility'] | undefined;
  @state() private wrong = '';

  override render() {
    const { conversation } = this;
    if (!conversation) return '';
    const mayChange = moderates(conversation, this.workspace.me);
    return html`${mayChange ? this.#form(conversation) : this.#facts(conversation)}
      <h3>Leave</h3>
      <div class="line">
        <span class="hint">
          ${conversation.visibility === 'public' ? 'You can come back whenever you like.' : 'To come back you have to be invited again.'}
        </span>
        <button class="warn" @click=${() => this.#leave(conversation.id)}>Leave the room</button>
      </div>
      ${mayChange
        ? html`<div class="line">
            <span class="hint">An archived room can be read, not written to.</span>
            <button @click=${() => this.#update({ id: conversation.id, archived: !conversation.archived })}>
              ${conversation.archived ? 'Open again' : 'Archive'}
            </button>
          </div>`
        : ''}
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : ''}`;
  }

  #form(conversation: Conversation) {
    const { id } = conversation;
    const visibility = this.visibility ?? conversation.visibility;
    const save = (event: SubmitEvent): void => {
      event.preventDefault();
      const fields = new FormData(event.target as HTMLFormElement);
      const text = (name: string) => String(fields.get(name)).trim();
      void this.#update({ id, title: text('title'), topic: text('topic'), visibility });
    };
    return html`<form @submit=${save}>
      <label>Name <input name="title" required maxlength="120" .value=${titleOf(conversation)} /></label>
      <label>Topic <input name="topic" maxlength="250" .value=${conversation.topic ?? ''} placeholder="What is talked about here" /></label>
      ${visibilityChoice(visibility, (chosen) => (this.visibility = chosen))}
      <div class="end"><button class="primary">Save</button></div>
    </form>`;
  }

  #facts(conversation: Conversation) {
    return html`<div class="form">
      <p><strong>${titleOf(conversation)}</strong></p>
      <p class="hint">
        ${conversation.topic ? html`${conversation.topic}<br />` : ''}${plural(conversation.members, 'member')},
        ${plural(conversation.messages, 'message')}, since ${full(conversation.createdAt)}
      </p>
    </div>`;
  }

  async #update(changes: Params<'conversations.update'>): Promise<void> {
    await this.#try(async () => {
      const { conversation } = await this.workspace.connection.call('conversations.update', changes);
      this.workspace.conversations.merge(conversation);
    });
  }

  async #leave(id: string): Promise<void> {
    await this.#try(async () => {
      const { connection, conversations, opened, route } = this.workspace;
      await connection.call('conversations.leave', { id });
      opened.close(id);
      conversations.drop(id);
      route.go('#/');
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      tell(this, 'close', undefined);
    } catch (error) {
      this.wrong = wordsOf(error);
    }
  }
}
