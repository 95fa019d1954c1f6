import { Refusal, wordsOf } from '../wire/errors.js';
import type { Connection } from '../wire/connection.js';
import type { Message } from '../wire/shapes.js';
import { Observable } from './observable.js';

export interface Pending {
  readonly clientId: string;
  readonly conversation: string;
  readonly content: string;
  readonly replyTo: string | null;
  readonly at: string;
  /** Why the server refused it; absent while it is on its way. */
  readonly refused?: string;
}

const PATIENCE_MS = 3_000;

/**
 * Messages that the server has not acknowledged. Each goes out under one clientId until it is answered, however often
 * the connection breaks, so it appears once. One at a time per conversation, so their order stays.
 */
export class Outbox extends Observable {
  #pending: readonly Pending[];
  readonly #sending = new Set<string>();
  readonly #key: string;

  constructor(
    private readonly connection: Connection,
    account: string,
    private readonly acknowledged: (message: Message) => void,
  ) {
    super();
    this.#key = `parley.outbox.${account}`;
    this.#pending = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]') as Pending[];
  }

  of(conversation: string): readonly Pending[] {
    return this.#pending.filter((pending) => pending.conversation === conversation);
  }

  send(conversation: string, content: string, replyTo: string | null): void {
    const clientId = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    this.#keep([...this.#pending, { clientId, conversation, content, replyTo, at: new Date().toISOString() }]);
    void this.#pump(conversation);
  }

  retry(clientId: string): void {
    const again = this.#pending.find((pending) => pending.clientId === clientId);
    if (!again) return;
    const { refused: _, ...fresh } = again;
    this.#keep(this.#pending.map((pending) => (pending === again ? fresh : pending)));
    void this.#pump(again.conversation);
  }

  discard(clientId: string): void {
    this.#keep(this.#pending.filter((pending) => pending.clientId !== clientId));
  }

  flush(): void {
    for (const conversation of new Set(this.#pending.map((pending) => pending.conversation))) void this.#pump(conversation);
  }

  async #pump(conversation: string): Promise<void> {
    if (this.#sending.has(conversation)) return;
    this.#sending.add(conversation);
    try {
      for (let next = this.#next(conversation); next && this.connection.isOpen; next = this.#next(conversation)) {
        const pause = await this.#post(next);
        if (pause) await new Promise((resume) => setTimeout(resume, pause));
      }
    } finally {
      this.#sending.delete(conversation);
    }
    // The connection may have come back while the last answer was given up.
    if (this.connection.isOpen && this.#next(conversation)) void this.#pump(conversation);
  }

  #next(conversation: string): Pending | undefined {
    return this.of(conversation).find((pending) => pending.refused === undefined);
  }

  /** How long to wait before the next one. */
  async #post({ clientId, conversation, content, replyTo }: Pending): Promise<number> {
    try {
      const { message } = await this.connection.call('messages.post', {
        conversation, content, clientId, ...(replyTo ? { replyTo } : {}),
      });
      this.acknowledged(message);
      this.discard(clientId);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) return PATIENCE_MS;
      if (error.retryAfterMs !== undefined) return error.retryAfterMs;
      if (error.type !== 'unauthenticated') this.#refuse(clientId, wordsOf(error));
      return 0;
    }
  }

  #refuse(clientId: string, refused: string): void {
    this.#keep(this.#pending.map((pending) => (pending.clientId === clientId ? { ...pending, refused } : pending)));
  }

  #keep(pending: readonly Pending[]): void {
    this.#pending = pending;
    sessionStorage.setItem(this.#key, JSON.stringify(pending));
    this.changed();
  }
}
