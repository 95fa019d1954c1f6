import type { Connection } from '../wire/connection.js';
import type { MemberEvent } from '../wire/events.js';
import type { Member } from '../wire/shapes.js';
import { shownName } from '../text/names.js';
import type { Presence } from './activity.js';
import { Observable } from './observable.js';

/** The members of one conversation, read when first needed and kept current by events. */
export class Roster extends Observable {
  #members = new Map<string, Member>();
  #next: string | undefined;
  loaded = false;
  /** The names that a text can mention, in lower case; a new set only when they change. */
  names: ReadonlySet<string> = new Set();

  constructor(
    private readonly connection: Connection,
    private readonly presence: Presence,
    private readonly conversation: string,
  ) {
    super();
  }

  get items(): readonly Member[] {
    return [...this.#members.values()].sort((a, b) => shownName(a.member).localeCompare(shownName(b.member)));
  }

  get more(): boolean {
    return this.#next !== undefined;
  }

  has(id: string): boolean {
    return this.#members.has(id);
  }

  async load(): Promise<void> {
    this.#members = new Map();
    this.#next = undefined;
    await this.loadMore();
    this.loaded = true;
    this.changed();
  }

  async loadMore(): Promise<void> {
    const page = await this.connection.call('conversations.members', {
      id: this.conversation,
      limit: 100,
      ...(this.#next ? { cursor: this.#next } : {}),
    });
    for (const member of page.items) this.#members.set(member.member.id, member);
    for (const { member, status } of page.items) if (status) this.presence.set(member, status);
    this.#next = page.next;
    this.#renamed();
  }

  put(member: Member): void {
    this.#members.set(member.member.id, { ...this.#members.get(member.member.id), ...member });
    if (member.status) this.presence.set(member.member, member.status);
    this.#renamed();
  }

  drop(id: string): void {
    this.#members.delete(id);
    this.#renamed();
  }

  apply(event: MemberEvent): void {
    const { by: _, ...member } = event.data;
    if (event.type === 'member.left') this.drop(member.member.id);
    else this.put(member);
  }

  #renamed(): void {
    const names = new Set([...this.#members.values()].map(({ member }) => member.name.toLowerCase()));
    if (names.size !== this.names.size || [...names].some((name) => !this.names.has(name))) this.names = names;
    this.changed();
  }
}
