import { Connection } from '../wire/connection.js';
import { type EventOf, type MessageEvent, type ServerEvent, idOf } from '../wire/events.js';
import type { Account, Message } from '../wire/shapes.js';
import { shownName, titleOf } from '../text/names.js';
import { Presence } from './activity.js';
import { Conversations } from './conversations.js';
import { type Opened, OpenedConversations } from './open.js';
import { Outbox } from './outbox.js';
import { Reads } from './reads.js';
import { type Route, pathTo } from './route.js';
import { type Session, stillSignedIn } from './session.js';
import type { Toasts } from './toasts.js';

const AWAY_MS = 5 * 60_000;

/** All that belongs to one signed-in account on this page: made at sign-in, thrown away at sign-out. */
export class Workspace {
  readonly connection = new Connection(socketUrl(), stillSignedIn);
  readonly conversations = new Conversations(this.connection);
  readonly presence = new Presence();
  readonly opened = new OpenedConversations(this.connection, this.presence);
  readonly reads = new Reads(this.connection, this.conversations);
  readonly outbox: Outbox;
  me: Account;
  /** Told of every message of somebody else that arrives in an opened conversation. */
  onArrival: (message: Message) => void = () => {};
  #away = 0;
  readonly #leave = new AbortController();

  constructor(
    account: Account,
    readonly session: Session,
    readonly toasts: Toasts,
    readonly route: Route,
  ) {
    this.me = account;
    this.outbox = new Outbox(this.connection, account.id, (message) => this.put(message));
    this.connection.onOpen = () => void this.#refresh();
    this.connection.onEvent = (event) => this.#receive(event);
    this.connection.watch(() => {
      const { link } = this.connection;
      if (link.phase === 'ended') session.ended(link.why, link.code);
    });
    const { signal } = this.#leave;
    window.addEventListener('online', () => this.connection.hurry(), { signal });
    window.addEventListener('offline', () => this.connection.hurry(), { signal });
    document.addEventListener('visibilitychange', () => this.#seen(), { signal });
    this.connection.connect();
  }

  close(): void {
    this.#leave.abort();
    clearTimeout(this.#away);
    this.connection.disconnect();
  }

  /** Opens a conversation and reads it; what is already open is only brought forward. */
  async visit(id: string, seq?: number): Promise<void> {
    const { timeline, roster } = this.opened.open(id);
    if (!this.connection.isOpen || timeline.state === 'loading') return;
    const known = this.conversations.get(id) ?? this.conversations.fetch(id);
    const history = seq !== undefined ? timeline.showAround(seq) : timeline.state === 'ready' ? undefined : timeline.open();
    await Promise.all([known, history, roster.loaded ? undefined : roster.load()]);
  }

  put(message: Message): void {
    this.opened.get(message.conversation)?.timeline.put(message);
  }

  /** After every connect. What is shown first: the history goes on while the list is read again. */
  async #refresh(): Promise<void> {
    this.outbox.flush();
    const resumed = this.opened.resume();
    const { where } = this.route;
    const unread = where.name === 'conversation' && this.opened.get(where.id)?.timeline.state === 'idle';
    const visited = unread ? this.visit(where.id, where.seq) : undefined;
    await this.toasts.guard(Promise.all([this.conversations.load(), resumed.catch(() => {}), visited?.catch(() => {})]));
  }

  #receive(event: ServerEvent): void {
    const id = event.conversation ?? '';
    const opened = this.opened.get(id);
    const fresh = opened?.timeline.apply(event) ?? true;
    if (!fresh) return;
    switch (event.type) {
      case 'message.posted':
        return this.#posted(event, opened);
      case 'member.joined':
      case 'member.left':
      case 'member.changed':
        opened?.roster.apply(event);
        return this.#reload(id);
      case 'conversation.changed':
        return this.conversations.merge(event.data.conversation);
      case 'conversation.added':
        return this.#reload(idOf(event.data.conversation));
      case 'conversation.removed':
        return this.#removed(idOf(event.data.conversation));
      case 'unread':
        return this.#counted(event.data.conversation ?? id, event.data.count, event.data.mentions);
      case 'mention':
        return this.#mentioned(event.data.message);
      case 'typing':
        if (event.data.member.id !== this.me.id) opened?.activity.typing(event.data);
        return;
      case 'persona.thinking':
        return opened?.activity.thinking(event.data);
      case 'persona.draft':
        return opened?.activity.draft(event.data);
      case 'persona.stopped':
        return this.#stopped(event, opened);
      case 'presence':
        return this.presence.set(event.data.account, event.data.status);
    }
  }

  #posted(event: MessageEvent, opened: Opened | undefined): void {
    const { message } = event.data;
    opened?.activity.posted(message);
    if (message.sender.id === this.me.id) {
      if (message.clientId) this.outbox.discard(message.clientId);
    } else this.onArrival(message);
  }

  /** Why no answer comes is for whoever asked. */
  #stopped({ data }: EventOf<'persona.stopped'>, opened: Opened | undefined): void {
    opened?.activity.stopped(data);
    const asker = opened?.timeline.byId(data.replyTo)?.sender.id;
    if (data.error && asker === this.me.id) this.toasts.error(new Error(data.error.message));
  }

  #counted(id: string, count: number, mentions: number): void {
    if (!this.reads.isMarking(id)) this.conversations.counted(id, count, mentions);
  }

  #reload(id: string): void {
    this.conversations.fetch(id).catch(() => {});
  }

  #removed(id: string): void {
    const conversation = this.conversations.get(id);
    this.opened.close(id);
    this.conversations.drop(id);
    const { where } = this.route;
    if (where.name !== 'conversation' || where.id !== id) return;
    this.route.go('#/');
    if (conversation) this.toasts.note(`You are no longer in ${titleOf(conversation)}.`);
  }

  #mentioned(message: Message): void {
    const { where } = this.route;
    const here = where.name === 'conversation' && where.id === message.conversation && !document.hidden;
    const conversation = this.conversations.get(message.conversation);
    if (here || !conversation) return;
    const text = `${shownName(message.sender)} mentioned you in ${titleOf(conversation)}`;
    this.toasts.note(text, pathTo(message.conversation, message.seq));
  }

  #seen(): void {
    clearTimeout(this.#away);
    if (document.hidden) {
      this.#away = window.setTimeout(() => this.connection.notify('presence.set', { status: 'away' }), AWAY_MS);
    } else {
      this.connection.hurry();
      this.connection.notify('presence.set', { status: 'online' });
    }
  }
}

function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
