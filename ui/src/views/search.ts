import { LitElement, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { pathTo } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { plain } from '../text/markup.js';
import { shownName, titleOf } from '../text/names.js';
import { shortly } from '../text/time.js';
import { wordsOf } from '../wire/errors.js';
import type { Conversation, Message } from '../wire/shapes.js';
import { icons } from './icons.js';
import { shared } from './shared.js';
import { sideStyles } from './side-styles.js';
import { tell } from './tell.js';

const PAUSE_MS = 250;

/** Finds messages in this conversation or in all. */
@customElement('parley-search')
export class Search extends LitElement {
  static override styles = [shared, sideStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) conversation: Conversation | undefined;
  @state() private here = true;
  @state() private found: readonly Message[] | undefined;
  @state() private next: string | undefined;
  @state() private wrong = '';
  @query('input[type=search]') private field!: HTMLInputElement;
  #timer = 0;
  #asked = 0;

  override firstUpdated(): void {
    this.field.focus();
  }

  override render() {
    return html`<header>
        <h2>Search</h2>
        <button class="icon" aria-label="Close" @click=${() => tell(this, 'close-side', undefined)}>${icons.close}</button>
      </header>
      <div class="body">
        <input type="search" placeholder="Search messages" aria-label="Search messages" @input=${this.#later} @keydown=${this.#enter} />
        ${this.conversation ? this.#scope(this.conversation) : ''}
        <div role="status">${this.wrong ? html`<p class="wrong">${this.wrong}</p>` : this.#count()}</div>
        <ul>
          ${this.found?.map((message) => html`<li>${this.#hit(message)}</li>`)}
        </ul>
        ${this.next ? html`<button class="wide" @click=${() => this.#search(this.next)}>Show more</button>` : ''}
      </div>`;
  }

  #scope(conversation: Conversation) {
    const choice = (here: boolean, words: string) => html`<label>
      <input type="radio" name="scope" .checked=${this.here === here} @change=${() => this.#within(here)} />
      <span class="clip">${words}</span>
    </label>`;
    return html`<div class="scope" role="radiogroup" aria-label="Where to search">
      ${choice(true, `In ${titleOf(conversation)}`)} ${choice(false, 'Everywhere')}
    </div>`;
  }

  #count() {
    if (!this.found) return html`<p class="none">Words from any message that you may read.</p>`;
    return this.found.length === 0 ? html`<p class="none">Nothing was found.</p>` : '';
  }

  #hit(message: Message) {
    const conversation = this.workspace.conversations.get(message.conversation);
    return html`<a class="found" href=${pathTo(message.conversation, message.seq)}>
      <span class="top">
        <strong class="clip">${shownName(message.sender)}</strong>
        <span class="muted clip">${conversation ? titleOf(conversation) : ''}</span>
        <time class="muted" datetime=${message.at}>${shortly(message.at)}</time>
      </span>
      <p>${this.#marked(plain(message.content, 240))}</p>
    </a>`;
  }

  #marked(text: string) {
    const words = this.field.value.trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
    const wanted = words.filter(Boolean);
    if (wanted.length === 0) return text;
    const parts = text.split(new RegExp(`(${wanted.join('|')})`, 'giu'));
    return parts.map((part, i) => (i % 2 === 1 ? html`<mark>${part}</mark>` : part));
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#search(), PAUSE_MS);
  }

  #enter(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    clearTimeout(this.#timer);
    void this.#search();
  }

  #within(here: boolean): void {
    this.here = here;
    void this.#search();
  }

  async #search(cursor?: string): Promise<void> {
    const text = this.field.value.trim();
    const asked = ++this.#asked;
    this.wrong = '';
    if (text === '') {
      this.found = this.next = undefined;
      return;
    }
    try {
      const page = await this.workspace.connection.call('messages.search', {
        text,
        limit: 30,
        ...(this.here && this.conversation ? { conversation: this.conversation.id } : {}),
        ...(cursor ? { cursor } : {}),
      });
      if (asked !== this.#asked) return;
      this.found = cursor ? [...(this.found ?? []), ...page.items] : page.items;
      this.next = page.next;
    } catch (error) {
      if (asked === this.#asked) this.wrong = wordsOf(error);
    }
  }
}
