import { LitElement, type PropertyValues, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Opened } from '../state/open.js';
import { mayInvite } from '../state/rights.js';
import type { Workspace } from '../state/workspace.js';
import { plural, titleOf } from '../text/names.js';
import { Refusal } from '../wire/errors.js';
import type { Conversation, Message } from '../wire/shapes.js';
import './avatar.js';
import './composer.js';
import type { Composer } from './composer.js';
import './confirm.js';
import { conversationStyles } from './conversation-styles.js';
import './emoji.js';
import type { EmojiPicker } from './emoji.js';
import './history.js';
import type { HistoryView } from './history.js';
import { icons } from './icons.js';
import { shared } from './shared.js';
import { type Side, type Wish, tell } from './tell.js';
import './typing.js';

/** One conversation: its heading, its history, and where one writes. */
@customElement('parley-conversation')
export class ConversationView extends LitElement {
  static override styles = [shared, conversationStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property() of!: string;
  @property({ type: Number }) seq: number | undefined;
  @property() side: Side | undefined;
  @state() private editing: string | undefined;
  @state() private replyTo: string | undefined;
  @state() private deleting: string | undefined;
  @query('parley-composer') private composer!: Composer | null;
  @query('parley-emoji') private emoji!: EmojiPicker;
  readonly watch = new Watch(this, () => [this.workspace.conversations, this.workspace.presence, this.opened.timeline]);
  #readSeq: number | undefined;

  get opened(): Opened {
    return this.workspace.opened.get(this.of) ?? this.workspace.opened.open(this.of);
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('of')) {
      this.editing = this.replyTo = this.deleting = undefined;
      this.#readSeq = undefined;
    }
    this.#readSeq ??= this.workspace.conversations.get(this.of)?.readSeq;
  }

  override render() {
    const conversation = this.workspace.conversations.get(this.of);
    const { timeline } = this.opened;
    if (timeline.state === 'failed' && timeline.items.length === 0) return this.#failed(timeline.error);
    const replied = this.replyTo ? timeline.byId(this.replyTo) : undefined;
    return html`${this.#heading(conversation)}
      <parley-history
        .workspace=${this.workspace}
        .opened=${this.opened}
        .conversation=${conversation}
        .readSeq=${this.#readSeq}
        .seq=${this.seq}
        .editing=${this.editing}
        @reply=${(wish: Wish<'reply'>) => this.#reply(wish.detail)}
        @edit-message=${(wish: Wish<'edit-message'>) => this.#edit(wish.detail)}
        @save-message=${(wish: Wish<'save-message'>) => this.#save(wish.detail)}
        @delete-message=${(wish: Wish<'delete-message'>) => (this.deleting = wish.detail)}
        @react=${(wish: Wish<'react'>) => this.#act(this.workspace.connection.call('messages.react', wish.detail))}
        @show-message=${(wish: Wish<'show-message'>) => this.#show(wish.detail)}
        @pick-emoji=${(wish: Wish<'pick-emoji'>) => this.emoji.show(wish.detail)}
        @retry=${(wish: Wish<'retry'>) => this.workspace.outbox.retry(wish.detail)}
        @discard=${(wish: Wish<'discard'>) => this.workspace.outbox.discard(wish.detail)}
      ></parley-history>
      <footer @pick-emoji=${(wish: Wish<'pick-emoji'>) => this.emoji.show(wish.detail)}>
        ${conversation ? this.#writing(conversation, replied) : ''}
        <parley-typing .opened=${this.opened} .me=${this.workspace.me} @stop=${() => this.#stop()}></parley-typing>
      </footer>
      <parley-emoji></parley-emoji>
      ${this.deleting ? this.#confirm(this.deleting) : ''}`;
  }

  #heading(conversation: Conversation | undefined) {
    const other = conversation?.with;
    return html`<header>
      <a class="back" href="#/" aria-label="Back to the list">${icons.back}</a>
      ${other
        ? html`<parley-avatar .of=${other} .status=${this.workspace.presence.of(other.id)}></parley-avatar>`
        : html`<span class="mark">${conversation?.visibility === 'private' ? icons.lock : icons.hash}</span>`}
      <div class="title">
        <h1 class="clip">${conversation ? titleOf(conversation) : '…'}</h1>
        <p class="clip muted">${conversation ? this.#subtitle(conversation) : ''}</p>
      </div>
      ${mayInvite(conversation, this.workspace.me)
        ? this.#tool('Invite', icons.invite, () => tell(this, 'open-dialog', 'invite'), 'wide')
        : ''}
      ${conversation?.kind === 'room' && conversation.role
        ? this.#tool('Room settings', icons.settings, () => tell(this, 'open-dialog', 'details'))
        : ''}
      ${this.#tool('Members', icons.people, () => tell(this, 'toggle-side', 'members'), '', this.side === 'members')}
      ${this.#tool('Search', icons.search, () => tell(this, 'toggle-side', 'search'), '', this.side === 'search')}
    </header>`;
  }

  #tool(label: string, icon: unknown, act: () => void, kind = '', pressed?: boolean) {
    return html`<button class="icon ${kind}" aria-label=${label} title=${label} aria-pressed=${pressed ?? 'undefined'} @click=${act}>${icon}</button>`;
  }

  #subtitle({ kind, with: other, topic, members }: Conversation): string {
    if (kind === 'direct' && other) {
      const status = this.workspace.presence.of(other.id);
      return other.kind === 'persona' ? 'AI persona' : status ? `@${other.name} · ${status}` : `@${other.name}`;
    }
    return topic ? `${plural(members, 'member')} · ${topic}` : plural(members, 'member');
  }

  #writing(conversation: Conversation, replied: Message | undefined) {
    if (conversation.archived) return html`<p class="bar">This room is archived: it can be read, not written to.</p>`;
    if (!conversation.role) {
      return html`<p class="bar">
        <span>You are reading <strong>${titleOf(conversation)}</strong> as a visitor.</span>
        <button class="primary" @click=${() => this.#join()}>Join the room</button>
      </p>`;
    }
    return html`<parley-composer
      .conversation=${conversation}
      .roster=${this.opened.roster}
      .me=${this.workspace.me}
      .replied=${replied}
      @send=${(wish: Wish<'send'>) => this.#send(wish.detail)}
      @writing=${(wish: Wish<'writing'>) =>
        this.workspace.connection.notify('typing.set', { conversation: this.of, on: wish.detail })}
      @edit-last=${() => this.#editLast()}
      @cancel-reply=${() => (this.replyTo = undefined)}
    ></parley-composer>`;
  }

  #failed(error: unknown) {
    const gone = error instanceof Refusal && (error.type === 'not_found' || error.type === 'forbidden');
    return html`<div class="failed">
      <h1>${gone ? 'This conversation does not exist' : 'This conversation could not be loaded'}</h1>
      <p class="muted">${gone ? 'Or it is private and you are not one of its members.' : 'The server did not answer.'}</p>
      ${gone
        ? html`<a href="#/">Back to the list</a>`
        : html`<button @click=${() => this.#act(this.workspace.visit(this.of, this.seq))}>Try again</button>`}
    </div>`;
  }

  #confirm(id: string) {
    return html`<parley-confirm
      heading="Delete this message?"
      words="Its words are erased for everybody, also from the search. What stays is the mark that a message was here."
      action="Delete"
      @pick=${() => this.#act(this.workspace.connection.call('messages.delete', { id }))}
      @close=${() => (this.deleting = undefined)}
    ></parley-confirm>`;
  }

  #send(content: string): void {
    const { opened, workspace } = this;
    workspace.outbox.send(this.of, content, this.replyTo ?? null);
    this.replyTo = undefined;
    const history = this.renderRoot.querySelector<HistoryView>('parley-history');
    void workspace.toasts.guard(opened.timeline.showNewest()).then(() => history?.anchor.toEnd());
  }

  #reply(id: string): void {
    this.replyTo = id;
    this.composer?.focus();
  }

  #edit(id: string | null): void {
    this.editing = id ?? undefined;
    if (id === null) this.composer?.focus();
  }

  override focus(): void {
    this.composer?.focus();
  }

  #editLast(): void {
    const mine = this.opened.timeline.items.filter(({ sender, deletedAt }) => sender.id === this.workspace.me.id && !deletedAt);
    this.editing = mine[mine.length - 1]?.id;
  }

  #stop(): void {
    this.composer?.focus();
    void this.#act(this.workspace.connection.call('personas.cancel', { conversation: this.of }));
  }

  async #save(edit: { id: string; content: string }): Promise<void> {
    if (await this.#act(this.workspace.connection.call('messages.edit', edit))) this.#edit(null);
  }

  async #join(): Promise<void> {
    const joined = await this.workspace.toasts.guard(this.workspace.connection.call('conversations.join', { id: this.of }));
    if (joined) this.workspace.conversations.put(joined.conversation);
    await this.updateComplete;
    this.composer?.focus();
  }

  #show(id: string): void {
    const message = this.opened.timeline.original(id);
    if (message) this.workspace.route.go(`#/c/${this.of}/${message.seq}`);
  }

  /** Carries out a call; what it returns is shown at once, the event may come later. */
  async #act(call: Promise<unknown>): Promise<boolean> {
    const done = await this.workspace.toasts.guard(call.then((result) => ({ result })));
    const message = (done?.result as { message?: Message } | undefined)?.message;
    if (message) this.workspace.put(message);
    return done !== undefined;
  }
}

