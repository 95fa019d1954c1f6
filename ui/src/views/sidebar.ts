import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watch } from '../state/observable.js';
import { pathTo } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { plural, shownName, titleOf } from '../text/names.js';
import type { Conversation } from '../wire/shapes.js';
import './avatar.js';
import { icons, logo } from './icons.js';
import { shared } from './shared.js';
import { sidebarStyles } from './sidebar-styles.js';
import { type DialogName, tell } from './tell.js';

const JUMP_KEYS = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ K' : 'Ctrl K';

/** The conversations of the account, with what is unread, and the ways to others. */
@customElement('parley-sidebar')
export class Sidebar extends LitElement {
  static override styles = [shared, sidebarStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property() current: string | undefined;
  readonly watch = new Watch(this, () => {
    const { conversations, presence, connection, session } = this.workspace;
    return [conversations, presence, connection, session];
  });

  override render() {
    const { conversations } = this.workspace;
    return html`<header>
        <a class="brand" href="#/">${logo(28)} Parley</a>
        <button class="icon" aria-label="Search messages" title="Search messages" @click=${() => tell(this, 'toggle-side', 'search')}>
          ${icons.search}
        </button>
      </header>
      <button class="jump" @click=${this.#opens('jump')}>Jump to… <kbd>${JUMP_KEYS}</kbd></button>
      <nav aria-label="Conversations">
        ${this.#section('Rooms', 'New room', 'room', conversations.rooms)}
        <button class="entry more" @click=${this.#opens('browse')}>${icons.compass} Browse rooms</button>
        ${this.#section('Direct messages', 'New direct message', 'direct', conversations.directs)}
        ${conversations.loaded && conversations.directs.length === 0
          ? html`<button class="entry more" @click=${this.#opens('direct')}>${icons.plus} Write to somebody</button>`
          : ''}
      </nav>
      ${this.#me()}`;
  }

  #section(title: string, add: string, dialog: DialogName, items: readonly Conversation[]) {
    return html`<div class="section">
        <h2>${title}</h2>
        <button class="icon" aria-label=${add} title=${add} @click=${this.#opens(dialog)}>${icons.plus}</button>
      </div>
      <ul>
        ${repeat(items, ({ id }) => id, (item) => html`<li>${this.#entry(item)}</li>`)}
      </ul>`;
  }

  #entry(conversation: Conversation) {
    const unread = conversation.unread ?? 0;
    const mentions = conversation.mentions ?? 0;
    const urgent = mentions > 0 || conversation.kind === 'direct';
    return html`<a
      class="entry ${unread > 0 ? 'unread' : ''}"
      href=${pathTo(conversation.id)}
      aria-current=${conversation.id === this.current ? 'page' : 'false'}
    >
      ${this.#mark(conversation)}<span class="clip">${titleOf(conversation)}</span>
      ${unread > 0
        ? html`<span class="count ${urgent ? 'urgent' : ''}" aria-label=${plural(unread, 'unread message')}>${unread > 99 ? '99+' : unread}</span>`
        : ''}
    </a>`;
  }

  #mark(conversation: Conversation) {
    const { with: other } = conversation;
    if (other) return html`<parley-avatar .of=${other} .status=${this.workspace.presence.of(other.id)}></parley-avatar>`;
    return html`<span class="mark">${conversation.visibility === 'private' ? icons.lock : icons.hash}</span>`;
  }

  #me() {
    const { me, connection } = this.workspace;
    return html`<button class="me" aria-label="Settings of ${shownName(me)}" @click=${this.#opens('settings')}>
      <parley-avatar .of=${me} .status=${connection.isOpen ? 'online' : 'offline'}></parley-avatar>
      <span class="who"><strong class="clip">${shownName(me)}</strong><span class="clip">@${me.name}</span></span>
      ${icons.settings}
    </button>`;
  }

  #opens(dialog: DialogName): () => void {
    return () => tell(this, 'open-dialog', dialog);
  }
}
