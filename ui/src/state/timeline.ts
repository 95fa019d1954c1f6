import type { Connection } from '../wire/connection.js';
import type { ServerEvent } from '../wire/events.js';
import type { Epoch, Message, MessagePage } from '../wire/shapes.js';
import { Observable } from './observable.js';
import { MessageWindow } from './window.js';

const PAGE = 50;
/** Beyond this many messages the end that is far away is let go, so that a long history does not slow the page. */
const MOST = 600;
const KEPT = MOST - 2 * PAGE;

/**
 * The messages of one conversation as the page shows them: a window of the history that usually ends at "now" and is
 * then continued by the stream. `seq` and `epoch` say up to where the stream was followed.
 */
export class Timeline extends Observable {
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  error: unknown;
  busy: 'older' | 'newer' | undefined;
  total = 0;
  /** Passed on to read further; absent where the window reaches the beginning or, for `newer`, the present. */
  older: number | undefined;
  newer: number | undefined;

  readonly #window = new MessageWindow();
  readonly #originals = new Map<string, Message | undefined>();
  #seq = 0;
  #epoch: Epoch = '';
  #subscribed = false;
  /** The stream may bring messages before its subscription is answered, so they count from the list on. */
  #listed = false;

  constructor(
    private readonly connection: Connection,
    readonly conversation: string,
  ) {
    super();
  }

  get items(): readonly Message[] {
    return this.#window.items;
  }

  get endsNow(): boolean {
    return this.#listed && this.newer === undefined;
  }

  byId(id: string): Message | undefined {
    return this.#window.byId(id);
  }

  /** What a reply answers; if it lies outside of the window it is fetched, and there with the next look. */
  original(id: string): Message | undefined {
    const shown = this.byId(id);
    if (!shown && !this.#originals.has(id)) void this.#fetchOriginal(id);
    return shown ?? this.#originals.get(id);
  }

  async #fetchOriginal(id: string): Promise<void> {
    this.#originals.set(id, undefined);
    try {
      this.#originals.set(id, (await this.connection.call('messages.get', { id })).message);
      this.changed();
    } catch {
      // It stays "an earlier message"; the reply is what matters.
    }
  }

  /** Loads the newest messages, then follows the stream from exactly there. */
  async open(): Promise<void> {
    await this.#tracked(async () => {
      const page = await this.#list({});
      this.#window.replaceAll(page.items);
      this.#listed = true;
      this.older = page.next;
      this.newer = undefined;
      if (this.#subscribed) await this.#catchSeam();
      else await this.#subscribe(page.asOf.seq, page.asOf.epoch);
    });
  }

  /** After a reconnect: goes on where the stream broke off, or starts anew if the server cannot. */
  async resume(): Promise<void> {
    this.#subscribed = false;
    if (this.state === 'idle') return;
    if (this.state !== 'ready') return this.open();
    await this.#tracked(async () => {
      if (!(await this.#subscribe(this.#seq, this.#epoch))) await this.open();
    });
  }

  close(): void {
    if (this.#subscribed) this.connection.call('conversations.unsubscribe', { id: this.conversation }).catch(() => {});
    this.#subscribed = false;
  }

  async loadOlder(): Promise<void> {
    const before = this.older;
    if (before === undefined || this.busy) return;
    await this.#reading('older', async () => {
      const page = await this.#list({ before });
      this.#window.merge(page.items);
      this.older = page.next;
      if (this.items.length > MOST) this.#letGoOfNewest();
    });
  }

  async loadNewer(): Promise<void> {
    const after = this.newer;
    if (after === undefined || this.busy) return;
    await this.#reading('newer', async () => {
      const page = await this.#list({ after });
      this.#window.merge(page.items);
      this.newer = page.next;
      if (this.items.length > MOST) this.#letGoOfOldest();
    });
    if (this.newer === undefined) await this.#catchSeam();
  }

  /** Makes the window hold the message at `seq`. */
  async showAround(seq: number): Promise<void> {
    if (this.#window.holds(seq)) return;
    await this.#tracked(async () => {
      const before = await this.#list({ before: seq + 1 });
      const after = await this.#list({ after: seq });
      this.#window.replaceAll(before.items);
      this.#window.merge(after.items);
      this.#listed = true;
      this.older = before.next;
      this.newer = after.next;
      if (!this.#subscribed) await this.#subscribe(before.asOf.seq, before.asOf.epoch);
    });
  }

  async showNewest(): Promise<void> {
    if (!this.endsNow) await this.open();
  }

  /** A message that a call returned: it may arrive as an event before or after. */
  put(message: Message): void {
    if (this.#window.byId(message.id)) this.#window.update(message);
    else if (this.endsNow && this.#reachesTo(message.seq)) this.#window.merge([message]);
    this.changed();
  }

  /** A message below the window is read with its page; with the whole history there, none is below. */
  #reachesTo(seq: number): boolean {
    return this.older === undefined || seq > (this.#window.first?.seq ?? 0);
  }

  /** False for what was seen already. */
  apply(event: ServerEvent): boolean {
    if (event.seq === undefined) return true;
    if (event.seq <= this.#seq) return false;
    this.#seq = event.seq;
    if (event.type === 'message.posted') {
      this.total++;
      this.put(event.data.message);
      if (this.endsNow && this.items.length > 2 * MOST) this.#letGoOfOldest();
    } else if (event.type === 'message.edited' || event.type === 'message.deleted' || event.type === 'message.reacted') {
      this.#window.update(event.data.message);
      this.changed();
    }
    return true;
  }

  async #subscribe(afterSeq: number, epoch: Epoch): Promise<boolean> {
    this.#seq = afterSeq;
    this.#epoch = epoch;
    const answer = await this.connection.call('conversations.subscribe', { id: this.conversation, afterSeq, epoch });
    this.#subscribed = answer.recovered;
    return answer.recovered;
  }

  /** What was posted between the last page and its arrival went past a window that did not end now. */
  async #catchSeam(): Promise<void> {
    const last = this.#window.last;
    if (last) this.#window.merge((await this.#list({ after: last.seq })).items);
    this.changed();
  }

  #letGoOfNewest(): void {
    this.#window.keepFirst(KEPT);
    this.newer = this.#window.last?.seq;
  }

  #letGoOfOldest(): void {
    this.#window.keepLast(KEPT);
    this.older = this.#window.first?.seq;
  }

  async #list(range: { before?: number; after?: number }): Promise<MessagePage> {
    const page = await this.connection.call('messages.list', { conversation: this.conversation, limit: PAGE, ...range });
    this.total = page.total;
    return page;
  }

  async #reading(way: 'older' | 'newer', read: () => Promise<void>): Promise<void> {
    this.busy = way;
    this.changed();
    try {
      await read();
    } finally {
      this.busy = undefined;
      this.changed();
    }
  }

  async #tracked(work: () => Promise<void>): Promise<void> {
    if (this.state !== 'ready') this.state = 'loading';
    this.changed();
    try {
      await work();
      this.state = 'ready';
    } catch (error) {
      if (this.state !== 'ready') this.state = 'failed';
      this.error = error;
      throw error;
    } finally {
      this.changed();
    }
  }
}
