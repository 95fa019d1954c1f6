import type { Message } from '../wire/shapes.js';

/** A stretch of a conversation's messages without holes, ascending by seq. */
export class MessageWindow {
  items: readonly Message[] = [];

  get first(): Message | undefined {
    return this.items[0];
  }

  get last(): Message | undefined {
    return this.items[this.items.length - 1];
  }

  replaceAll(messages: readonly Message[]): void {
    this.items = [...messages];
  }

  /** Adds messages, each in its place and once, whichever way they came. */
  merge(messages: readonly Message[]): void {
    const bySeq = new Map(this.items.map((message) => [message.seq, message]));
    for (const message of messages) bySeq.set(message.seq, message);
    this.items = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  /** A newer state of a message, if it is in the window. */
  update(message: Message): void {
    this.items = this.items.map((known) => (known.id === message.id ? message : known));
  }

  keepFirst(count: number): void {
    this.items = this.items.slice(0, count);
  }

  keepLast(count: number): void {
    this.items = this.items.slice(-count);
  }

  holds(seq: number): boolean {
    return this.items.some((message) => message.seq === seq);
  }

  byId(id: string): Message | undefined {
    return this.items.find((message) => message.id === id);
  }
}
