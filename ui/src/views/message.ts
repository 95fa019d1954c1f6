import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Pending } from '../state/outbox.js';
import { type Names, markup, onlyEmoji, plain } from '../text/markup.js';
import { shownName } from '../text/names.js';
import { clock, full } from '../text/time.js';
import type { Account, Actor, Message } from '../wire/shapes.js';
import './avatar.js';
import './edit.js';
import { icons } from './icons.js';
import { messageStyles } from './message-styles.js';
import { reactions, toolbar } from './message-tools.js';
import { shared } from './shared.js';
import { tell } from './tell.js';
import { toolsStyles } from './tools-styles.js';

/** One message, acknowledged or still on its way. */
@customElement('parley-message')
export class MessageView extends LitElement {
  static override styles = [shared, messageStyles, toolsStyles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) pending: Pending | undefined;
  @property({ attribute: false }) me!: Account;
  @property({ attribute: false }) known: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) member = false;
  @property({ type: Boolean }) moderator = false;
  @property({ type: Boolean }) isReply = false;
  @property({ attribute: false }) replied: Message | undefined;
  @property({ type: Boolean }) editing = false;
  @property({ type: Boolean }) waiting = false;
  /** With the focus in this message: only then the Tab key goes to what can be pressed in it. */
  @state() entered = false;
  @property({ type: Boolean, reflect: true }) grouped = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#key);
    this.addEventListener('focusin', () => (this.entered = true));
    this.addEventListener('focusout', () => (this.entered = false));
  }

  get mine(): boolean {
    return !this.message || this.message.sender.id === this.me.id;
  }

  get #sender(): Actor {
    return this.message?.sender ?? { ...this.me, kind: 'account' };
  }

  get #at(): string {
    return (this.message ?? this.pending)?.at ?? '';
  }

  get #content(): string {
    return (this.message ?? this.pending)?.content ?? '';
  }

  override willUpdate(): void {
    const { message } = this;
    const words = message?.deletedAt ? 'This message was deleted' : plain(this.#content, 400);
    this.setAttribute('role', 'article');
    this.setAttribute('aria-label', `${shownName(this.#sender)}, ${clock(this.#at)}: ${words}`);
    this.toggleAttribute('mentions-me', message?.mentions?.includes(this.me.id) ?? false);
    this.toggleAttribute('pending', !message && this.pending?.refused === undefined);
    this.toggleAttribute('editing', this.editing);
  }

  override render() {
    const { message, grouped } = this;
    const sender = this.#sender;
    return html`${this.isReply ? this.#quote() : ''}
      <div class="row">
        ${grouped
          ? html`<time class="side" datetime=${this.#at} title=${full(this.#at)}>${clock(this.#at)}</time>`
          : html`<parley-avatar .of=${sender}></parley-avatar>`}
        <div class="body">
          ${grouped ? '' : this.#heading(sender)} ${this.#text()}
          ${message && !message.deletedAt ? reactions(this, message) : ''} ${this.pending && !message ? this.#fate(this.pending) : ''}
        </div>
      </div>
      ${message && this.member && !message.deletedAt && !this.editing ? toolbar(this, message) : ''}`;
  }

  #heading(sender: Actor) {
    return html`<p class="heading">
      <strong>${shownName(sender)}</strong>
      ${sender.kind === 'persona' ? html`<span class="badge">AI</span>` : ''}
      <time datetime=${this.#at} title=${full(this.#at)}>${clock(this.#at)}</time>
    </p>`;
  }

  #quote() {
    const { replied } = this;
    const words = !replied ? 'An earlier message' : replied.deletedAt ? 'A deleted message' : plain(replied.content);
    return html`<button class="quote" tabindex=${this.entered ? 0 : -1} ?disabled=${!replied} @click=${() => replied && tell(this, 'show-message', replied.id)}>
      ${replied ? html`<strong>${shownName(replied.sender)}</strong>` : ''}<span class="clip">${words}</span>
    </button>`;
  }

  #text() {
    const { message } = this;
    if (message?.deletedAt) return html`<p class="text gone">This message was deleted.</p>`;
    if (message && this.editing) return html`<parley-edit .message=${message}></parley-edit>`;
    const names: Names = { known: this.known, own: this.me.name };
    const content = this.#content;
    return html`<div class="text ${onlyEmoji(content) ? 'emoji' : ''}">${markup(content, names)}${
      message?.editedAt ? html` <span class="edited" title=${full(message.editedAt)}>(edited)</span>` : ''
    }</div>`;
  }

  #fate({ clientId, refused }: Pending) {
    if (refused === undefined) {
      return html`<p class="fate" role="status">${this.waiting ? 'Will be sent when the connection is back' : 'Sending…'}</p>`;
    }
    return html`<p class="fate refused" role="alert">
      ${icons.warning} <span>Not sent. ${refused}</span>
      <button class="link" @click=${() => tell(this, 'retry', clientId)}>Try again</button>
      <button class="link" @click=${() => tell(this, 'discard', clientId)}>Discard</button>
    </p>`;
  }

  /** With the message itself focused, single keys act on it. */
  readonly #key = (event: KeyboardEvent): void => {
    const { message } = this;
    if (!message || message.deletedAt || !this.member || event.composedPath()[0] !== this) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'r') tell(this, 'reply', message.id);
    else if (event.key === 'e' && this.mine) tell(this, 'edit-message', message.id);
    else if (event.key === 'Delete' && (this.mine || this.moderator)) tell(this, 'delete-message', message.id);
    else if (event.key === '+') this.pickReaction(this);
    else return;
    event.preventDefault();
  };

  pickReaction(at: HTMLElement): void {
    const { message } = this;
    if (message) tell(this, 'pick-emoji', { for: at, picked: (emoji) => this.react(emoji, true) });
  }

  react(emoji: string, on: boolean): void {
    if (this.message) tell(this, 'react', { id: this.message.id, emoji, on });
  }
}
