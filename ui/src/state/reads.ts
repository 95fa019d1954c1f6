import type { Connection } from '../wire/connection.js';
import type { Conversations } from './conversations.js';

const GATHER_MS = 300;

/** Tells the server up to where the account has read; only forwards, and not with every message of a burst. */
export class Reads {
  #waiting = new Map<string, number>();
  #timer = 0;

  constructor(
    private readonly connection: Connection,
    private readonly conversations: Conversations,
  ) {}

  /** Everything up to a message has been seen, and nothing is above it. */
  mark(id: string, seq: number): void {
    const conversation = this.conversations.get(id);
    if (!conversation?.role || seq <= (conversation.readSeq ?? 0) || seq <= (this.#waiting.get(id) ?? 0)) return;
    this.#waiting.set(id, seq);
    this.#timer ||= window.setTimeout(() => this.#tell(), GATHER_MS);
    this.conversations.marked(id, seq, 0, 0);
  }

  /** While a mark is on its way, counts that the server sends do not know of it. */
  isMarking(id: string): boolean {
    return this.#waiting.has(id);
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#timer = 0;
    for (const [conversation, seq] of waiting) {
      this.connection.call('reads.mark', { conversation, seq }).then(
        ({ readSeq, unread, mentions }) => this.conversations.marked(conversation, readSeq, unread, mentions),
        () => {}, // The next message, or the next visit, marks again.
      );
    }
  }
}
