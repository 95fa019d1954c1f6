import { LitElement, type PropertyValues, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watch } from '../state/observable.js';
import type { Opened } from '../state/open.js';
import { mayWrite, moderates } from '../state/rights.js';
import type { Workspace } from '../state/workspace.js';
import type { Conversation } from '../wire/shapes.js';
import { ScrollAnchor } from './anchor.js';
import { beginning, draftRow } from './edges.js';
import { historyStyles } from './history-styles.js';
import { icons } from './icons.js';
import './message.js';
import type { MessageView } from './message.js';
import { type Row, firstUnread, rowsOf } from './rows.js';
import { shared } from './shared.js';

const READ_AHEAD_PX = 900;

/** The messages of a conversation: reads further at both ends, keeps its place, and tells what has been read. */
@customElement('parley-history')
export class HistoryView extends LitElement {
  static override styles = [shared, historyStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) opened!: Opened;
  @property({ attribute: false }) conversation: Conversation | undefined;
  /** The read mark when the conversation was opened. */
  @property({ type: Number }) readSeq: number | undefined;
  @property({ type: Number }) seq: number | undefined;
  @property() editing: string | undefined;
  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.content') private content!: HTMLElement | null;
  readonly watch = new Watch(this, () => [
    this.opened.timeline, this.opened.activity, this.opened.roster, this.workspace.outbox, this.workspace.connection,
  ]);
  readonly anchor = new ScrollAnchor(this, () => this.scroller, () => this.content, () => void this.#readFurther());
  readonly #leave = new AbortController();
  #wasOpen = true;
  /** What still has to be brought into view, once it is there. */
  #goal: 'new' | number | undefined;
  /** The message that the line "New" stands above: it stays there while one reads on. */
  #unreadFrom: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('focus', () => this.#markRead(), { signal: this.#leave.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave.abort();
  }

  override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('opened')) {
      this.#goal = 'new';
      this.#unreadFrom = undefined;
      this.anchor.toEnd();
    }
    const { timeline } = this.opened;
    if (this.#goal === 'new' && timeline.state === 'ready') {
      this.#unreadFrom = firstUnread(timeline.items, this.workspace.me.id, this.readSeq)?.id;
    }
    if ((changes.has('seq') || changes.has('opened')) && this.seq !== undefined) this.#goal = this.seq;
  }

  override render() {
    const { timeline, activity } = this.opened;
    const pending = this.workspace.outbox.of(timeline.conversation);
    const rows = rowsOf(timeline.items, timeline.endsNow ? pending : [], this.workspace.me.id, this.#unreadFrom);
    return html`<div class="scroller" @scroll=${this.#scrolled}>
        <div class="content" role="log" aria-live="off" aria-label="Messages" aria-busy=${timeline.busy !== undefined} @keydown=${this.#keys}>
          ${timeline.state === 'ready' && timeline.older === undefined && this.conversation ? beginning(this.conversation) : ''}
          ${timeline.older !== undefined ? html`<p class="wait">Loading earlier messages…</p>` : ''}
          ${repeat(rows, ({ key }) => key, (row) => this.#row(row))}
          ${activity.drafts.map((draft) => draftRow(draft))}
        </div>
      </div>
      ${this.anchor.atEnd && timeline.newer === undefined
        ? ''
        : html`<button class="newest" @click=${this.#toNewest}>${icons.down} Newest messages</button>`}`;
  }

  #row(row: Row) {
    if (row.kind === 'day') return html`<h2 class="day"><span>${row.text}</span></h2>`;
    if (row.kind === 'new') return html`<div class="new" role="separator" aria-label="New messages"><span>New</span></div>`;
    const { workspace, opened, conversation } = this;
    const message = row.kind === 'message' ? row.message : undefined;
    const replyTo = row.kind === 'message' ? row.message.replyTo : row.pending.replyTo;
    return html`<parley-message
      tabindex="-1"
      .message=${message}
      .pending=${row.kind === 'pending' ? row.pending : undefined}
      .me=${workspace.me}
      .known=${opened.roster.names}
      .member=${mayWrite(conversation)}
      .moderator=${moderates(conversation, workspace.me)}
      .isReply=${row.isReply}
      .replied=${replyTo ? opened.timeline.original(replyTo) : undefined}
      .editing=${message !== undefined && message.id === this.editing}
      .waiting=${!workspace.connection.isOpen}
      ?grouped=${row.grouped}
      ?sought=${message !== undefined && message.seq === this.seq}
    ></parley-message>`;
  }

  override updated(): void {
    this.#reachGoal();
    this.#roving();
    this.#markRead();
    const { isOpen } = this.workspace.connection;
    if (isOpen && !this.#wasOpen) void this.#readFurther();
    this.#wasOpen = isOpen;
  }

  #reachGoal(): void {
    if (this.#goal === undefined || this.opened.timeline.state !== 'ready') return;
    if (this.#goal === 'new') {
      this.#goal = undefined;
      const line = this.renderRoot.querySelector<HTMLElement>('.new');
      return line ? this.anchor.hold(line, 72) : this.anchor.toEnd();
    }
    const row = this.#messages.find(({ message }) => message?.seq === this.#goal);
    if (!row) return;
    this.#goal = undefined;
    this.anchor.hold(row, (this.scroller?.clientHeight ?? 0) / 3);
    row.focus({ preventScroll: true });
  }

  get #messages(): readonly MessageView[] {
    return [...this.renderRoot.querySelectorAll<MessageView>('parley-message')];
  }

  #scrolled(): void {
    if (!this.anchor.scrolled()) return;
    this.#markRead();
    void this.#readFurther();
  }

  async #readFurther(): Promise<void> {
    const { scroller } = this;
    const { timeline } = this.opened;
    if (!scroller || timeline.state !== 'ready' || !this.workspace.connection.isOpen) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    const further =
      scroller.scrollTop < READ_AHEAD_PX && timeline.older !== undefined ? timeline.loadOlder()
      : below < READ_AHEAD_PX && timeline.newer !== undefined ? timeline.loadNewer()
      : undefined;
    // A connection that breaks meanwhile comes back, and scrolling asks again.
    await further?.catch(() => {});
  }

  #markRead(): void {
    const { timeline } = this.opened;
    const last = timeline.items[timeline.items.length - 1];
    if (!last || !timeline.endsNow || !this.anchor.atEnd || this.#goal !== undefined || !document.hasFocus()) return;
    this.workspace.reads.mark(timeline.conversation, last.seq);
  }

  #toNewest(): void {
    void this.workspace.toasts.guard(this.opened.timeline.showNewest()).then(() => this.anchor.toEnd());
  }

  /** One message is in the tab order, the last unless another was visited. */
  #roving(): void {
    const messages = this.#messages;
    const current = messages.find((row) => row.matches(':focus-within, :focus')) ?? messages[messages.length - 1];
    this.#makeCurrent(current);
  }

  #makeCurrent(current: MessageView | undefined): void {
    for (const row of this.#messages) row.tabIndex = row === current ? 0 : -1;
  }

  #keys(event: KeyboardEvent): void {
    const messages = this.#messages;
    const at = messages.findIndex((row) => row === event.target);
    if (at < 0 || event.altKey || event.composedPath()[0] !== messages[at]) return;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = messages[Math.max(0, Math.min(to, messages.length - 1))];
    this.#makeCurrent(next);
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  }
}
