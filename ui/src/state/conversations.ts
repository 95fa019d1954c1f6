import type { Connection } from '../wire/connection.js';
import type { Conversation } from '../wire/shapes.js';
import { titleOf } from '../text/names.js';
import { Observable } from './observable.js';

/** The conversations of the signed-in account, and public rooms that it looked into. */
export class Conversations extends Observable {
  loaded = false;
  #byId = new Map<string, Conversation>();

  constructor(private readonly connection: Connection) {
    super();
  }

  get(id: string): Conversation | undefined {
    return this.#byId.get(id);
  }

  get mine(): readonly Conversation[] {
    return [...this.#byId.values()].filter(isMine).sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  }

  get rooms(): readonly Conversation[] {
    return this.mine.filter((conversation) => conversation.kind === 'room' && !conversation.archived);
  }

  get directs(): readonly Conversation[] {
    return this.mine.filter((conversation) => conversation.kind === 'direct');
  }

  get unread(): number {
    return this.mine.reduce((sum, conversation) => sum + (conversation.unread ?? 0), 0);
  }

  async load(): Promise<void> {
    const found = await this.#pages(true);
    const visited = [...this.#byId.values()].filter((conversation) => !isMine(conversation));
    this.#byId = new Map([...visited, ...found].map((conversation) => [conversation.id, conversation]));
    this.loaded = true;
    this.changed();
  }

  /** All rooms that the account may see. */
  async browse(): Promise<readonly Conversation[]> {
    return (await this.#pages(false)).filter((conversation) => conversation.kind === 'room');
  }

  async fetch(id: string): Promise<Conversation> {
    const { conversation } = await this.connection.call('conversations.get', { id });
    this.put(conversation);
    return conversation;
  }

  put(conversation: Conversation): void {
    this.#byId.set(conversation.id, conversation);
    this.changed();
  }

  drop(id: string): void {
    if (this.#byId.delete(id)) this.changed();
  }

  /** An event is the same for everybody, so what is the caller's own stays as it was. */
  merge(changed: Conversation): void {
    const known = this.#byId.get(changed.id);
    if (!known) return;
    const { role, readSeq, unread, mentions, mutedUntil, with: other } = known;
    const own = { role, readSeq, unread, mentions, mutedUntil, with: other };
    this.put({ ...changed, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) });
  }

  counted(id: string, unread: number, mentions: number): void {
    const known = this.#byId.get(id);
    if (known) this.put({ ...known, unread, mentions });
  }

  marked(id: string, readSeq: number, unread: number, mentions: number): void {
    const known = this.#byId.get(id);
    if (known) this.put({ ...known, readSeq, unread, mentions });
  }

  async #pages(mine: boolean): Promise<Conversation[]> {
    const all: Conversation[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.connection.call('conversations.list', {
        limit: 100,
        ...(mine ? { mine } : {}),
        ...(cursor ? { cursor } : {}),
      });
      all.push(...page.items);
      cursor = page.next;
    } while (cursor);
    return all;
  }
}

export const isMine = (conversation: Conversation): boolean => conversation.role !== undefined;
