import { LitElement, type PropertyValues, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Where } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { plain } from '../text/markup.js';
import { shownName, titleOf } from '../text/names.js';
import type { Message } from '../wire/shapes.js';
import './conversation.js';
import './dialogs.js';
import './link-status.js';
import './members.js';
import './search.js';
import './sidebar.js';
import './welcome.js';
import { shared } from './shared.js';
import { shellStyles } from './shell-styles.js';
import type { DialogName, Side, Wish } from './tell.js';

/** The three columns of the page; on a phone one of them at a time. */
@customElement('parley-shell')
export class Shell extends LitElement {
  static override styles = [shared, shellStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) where!: Where;
  @state() private dialog: DialogName | undefined;
  @state() private side: Side | undefined;
  @state() private announced = '';
  readonly watch = new Watch(this, () => [this.workspace.conversations]);
  readonly #leave = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', (event) => this.#shortcut(event), { signal: this.#leave.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave.abort();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('workspace')) this.workspace.onArrival = (message) => this.#announce(message);
    if (!changes.has('where')) return;
    if (matchMedia('(max-width: 1000px)').matches) this.side = undefined;
    if (this.where.name === 'conversation') this.workspace.visit(this.where.id, this.where.seq).catch(() => {});
  }

  private get conversation() {
    return this.where.name === 'conversation' ? this.workspace.conversations.get(this.where.id) : undefined;
  }

  override render() {
    const { workspace, where } = this;
    const id = where.name === 'conversation' ? where.id : undefined;
    return html`<div
        class="shell"
        data-screen=${id ? 'conversation' : 'list'}
        ?data-side=${this.side !== undefined}
        @open-dialog=${(wish: Wish<'open-dialog'>) => (this.dialog = wish.detail)}
        @toggle-side=${(wish: Wish<'toggle-side'>) => (this.side = this.side === wish.detail ? undefined : wish.detail)}
        @close-side=${() => this.#closeSide()}
      >
        ${id ? html`<button class="skip" @click=${() => this.#toConversation()}>Skip to the conversation</button>` : ''}
        <parley-sidebar .workspace=${workspace} .current=${id}></parley-sidebar>
        <main>
          <parley-link-status .connection=${workspace.connection}></parley-link-status>
          ${id
            ? html`<parley-conversation .workspace=${workspace} .of=${id} .seq=${this.#seq} .side=${this.side}></parley-conversation>`
            : html`<parley-welcome .workspace=${workspace}></parley-welcome>`}
        </main>
        ${this.#aside(id)}
        <p class="hidden" role="status" aria-live="polite">${this.announced}</p>
      </div>
      <parley-dialogs
        .workspace=${workspace}
        .open=${this.dialog}
        .conversation=${this.conversation}
        @open-dialog=${(wish: Wish<'open-dialog'>) => (this.dialog = wish.detail)}
        @close=${() => (this.dialog = undefined)}
      ></parley-dialogs>`;
  }

  get #seq(): number | undefined {
    return this.where.name === 'conversation' ? this.where.seq : undefined;
  }

  #aside(id: string | undefined) {
    if (this.side === 'search') {
      return html`<aside aria-label="Search">
        <parley-search .workspace=${this.workspace} .conversation=${this.conversation}></parley-search>
      </aside>`;
    }
    const opened = this.side === 'members' && id ? this.workspace.opened.get(id) : undefined;
    if (!opened) return '';
    return html`<aside aria-label="Members">
      <parley-members .workspace=${this.workspace} .conversation=${this.conversation} .opened=${opened}></parley-members>
    </aside>`;
  }

  override updated(): void {
    const { conversation } = this;
    const { unread } = this.workspace.conversations;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${conversation ? `${titleOf(conversation)} · ` : ''}Parley`;
  }

  #announce(message: Message): void {
    const here = this.where.name === 'conversation' && this.where.id === message.conversation;
    if (here) this.announced = `${shownName(message.sender)}: ${plain(message.content)}`;
  }

  #shortcut(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && event.key.toLowerCase() === 'k') this.dialog = this.dialog === 'jump' ? undefined : 'jump';
    else if (command && event.shiftKey && event.key.toLowerCase() === 'f') this.side = 'search';
    else if (command && event.key === '/') this.dialog = 'shortcuts';
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) this.#step(event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'Escape' && !event.defaultPrevented && !this.dialog && this.side) this.#closeSide();
    else return;
    event.preventDefault();
  }

  #closeSide(): void {
    this.side = undefined;
    this.#toConversation();
  }

  #toConversation(): void {
    this.renderRoot.querySelector<HTMLElement>('parley-conversation')?.focus();
  }

  /** Alt and an arrow: the conversation above or below in the list. */
  #step(by: number): void {
    const { rooms, directs } = this.workspace.conversations;
    const all = [...rooms, ...directs];
    const at = all.findIndex(({ id }) => this.where.name === 'conversation' && id === this.where.id);
    const next = all[(at + by + all.length) % all.length];
    if (next) this.workspace.route.go(`#/c/${next.id}`);
  }
}
