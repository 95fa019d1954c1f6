import { LitElement, type PropertyValues, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Roster } from '../state/roster.js';
import { plain } from '../text/markup.js';
import { shownName, titleOf } from '../text/names.js';
import { clock } from '../text/time.js';
import type { Account, Conversation, Message } from '../wire/shapes.js';
import { composerStyles } from './composer-styles.js';
import { grow } from './grow.js';
import { icons } from './icons.js';
import { Mentions, mentionList } from './mentions.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** The server ends "is typing" after 6 s, so it is told again a little sooner. */
const TYPING_AGAIN_MS = 4_000;
const MOST_BYTES = 32_768;
const DRAFTS = new Map<string, string>();

/** Where one writes. What was not sent stays with its conversation. */
@customElement('parley-composer')
export class Composer extends LitElement {
  static override styles = [shared, composerStyles];

  @property({ attribute: false }) conversation!: Conversation;
  @property({ attribute: false }) roster!: Roster;
  @property({ attribute: false }) me!: Account;
  @property({ attribute: false }) replied: Message | undefined;
  @state() private bytes = 0;
  @query('textarea') private field!: HTMLTextAreaElement;
  readonly watch = new Watch(this, () => [this.roster]);
  readonly mentions = new Mentions(this, () => this.roster.items, () => this.me.id);
  #saidAt = 0;

  override focus(): void {
    this.field.focus();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('conversation') as Conversation | undefined;
    if (before && before.id !== this.conversation.id) {
      DRAFTS.set(before.id, this.field.value);
      this.mentions.close();
    }
  }

  override updated(changes: PropertyValues<this>): void {
    const before = changes.get('conversation') as Conversation | undefined;
    if (!changes.has('conversation') || before?.id === this.conversation.id) return;
    this.#write(DRAFTS.get(this.conversation.id) ?? '');
    // A touch keyboard that opens by itself hides what one came to read.
    if (matchMedia('(hover: hover)').matches) this.field.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    DRAFTS.set(this.conversation.id, this.field.value);
  }

  override render() {
    const { conversation } = this;
    const muted = conversation.mutedUntil && Date.parse(conversation.mutedUntil) > Date.now() ? conversation.mutedUntil : '';
    const words = muted ? `You are muted until ${clock(muted)}` : `Message ${titleOf(conversation)}`;
    return html`${this.mentions.choices.length > 0 ? mentionList(this.mentions) : ''} ${this.replied ? this.#reply(this.replied) : ''}
      <div class="box">
        <textarea
          rows="1"
          placeholder=${words}
          aria-label=${words}
          aria-autocomplete="list"
          aria-controls=${this.mentions.choices.length > 0 ? 'mentions' : ''}
          aria-activedescendant=${this.mentions.choices.length > 0 ? `mention-${this.mentions.at}` : ''}
          ?disabled=${muted !== ''}
          @input=${this.#typed}
          @keydown=${this.#key}
          @blur=${this.#left}
        ></textarea>
        <button class="icon" aria-label="Insert an emoji" title="Emoji" @click=${this.#emoji}>${icons.smile}</button>
        <button class="icon send" aria-label="Send" title="Send" ?disabled=${this.bytes === 0 || this.bytes > MOST_BYTES} @click=${this.#send}>
          ${icons.send}
        </button>
      </div>
      ${this.bytes > MOST_BYTES
        ? html`<p class="wrong" role="alert">Too long by ${(this.bytes - MOST_BYTES).toLocaleString('en')} bytes.</p>`
        : ''}`;
  }

  #reply(message: Message) {
    return html`<div class="reply">
      ${icons.reply}
      <span class="clip">Replying to <strong>${shownName(message.sender)}</strong>: ${plain(message.content)}</span>
      <button class="icon" aria-label="Cancel the reply" @click=${() => tell(this, 'cancel-reply', undefined)}>${icons.close}</button>
    </div>`;
  }

  #typed(): void {
    this.#measure();
    this.mentions.look(this.field);
    const now = Date.now();
    if (this.bytes === 0) this.#quiet();
    else if (now - this.#saidAt > TYPING_AGAIN_MS) {
      this.#saidAt = now;
      tell(this, 'writing', true);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.mentions.key(event, this.field)) this.#measure();
    else if (event.key === 'Enter' && !event.shiftKey) this.#send();
    else if (event.key === 'ArrowUp' && this.field.value === '') tell(this, 'edit-last', undefined);
    else if (event.key === 'Escape' && this.replied) tell(this, 'cancel-reply', undefined);
    else return;
    event.preventDefault();
  }

  #send(): void {
    const content = this.field.value.trim();
    if (content === '' || this.bytes > MOST_BYTES) return;
    this.#write('');
    this.#saidAt = 0;
    tell(this, 'send', content);
    this.field.focus();
  }

  #left(): void {
    this.mentions.close();
    this.#quiet();
  }

  #quiet(): void {
    if (this.#saidAt === 0) return;
    this.#saidAt = 0;
    tell(this, 'writing', false);
  }

  #emoji(event: Event): void {
    const picked = (emoji: string): void => {
      this.field.setRangeText(emoji, this.field.selectionStart, this.field.selectionEnd, 'end');
      this.#measure();
      this.field.focus();
    };
    tell(this, 'pick-emoji', { for: event.currentTarget as HTMLElement, picked });
  }

  #write(text: string): void {
    this.field.value = text;
    this.#measure();
  }

  #measure(): void {
    grow(this.field);
    this.bytes = new TextEncoder().encode(this.field.value.trim()).length;
  }
}
