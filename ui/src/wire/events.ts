import type { Actor, Conversation, Member, Message, Status } from './shapes.js';

/** A persona that answers a message, whose id is `replyTo`. */
interface Answering {
  readonly persona: Actor;
  readonly replyTo: string;
}

interface Envelope<T extends string, D> {
  readonly type: T;
  readonly conversation?: string;
  readonly seq?: number;
  readonly at: string;
  readonly data: D;
}

export type MessageEvent =
  | Envelope<'message.posted' | 'message.edited' | 'message.deleted', { message: Message }>
  | Envelope<'message.reacted', { message: Message; emoji: string; on: boolean; by: Actor }>;

export type MemberEvent = Envelope<'member.joined' | 'member.left' | 'member.changed', Member & { by?: Actor }>;

/** What is happening now and is not logged. */
export type PassingEvent =
  | Envelope<'typing', { member: Actor; on: boolean }>
  | Envelope<'presence', { account: string | Actor; status: Status }>
  | Envelope<'read', { account: string | Actor; seq: number }>
  | Envelope<'persona.thinking', Answering>
  | Envelope<'persona.draft', Answering & { text: string; index: number }>
  | Envelope<'persona.stopped', Answering & { reason: 'cancelled' | 'failed'; error?: { message: string } }>
  | Envelope<'caughtUp', { seq: number }>;

/** What an account is told on every socket without subscribing. */
export type AccountEvent =
  | Envelope<'conversation.added' | 'conversation.removed', { conversation: string | { id: string } }>
  | Envelope<'unread', { conversation: string; count: number; mentions: number }>
  | Envelope<'mention', { message: Message }>
  | Envelope<'session.ending', { at?: string }>;

export type ServerEvent =
  | MessageEvent
  | MemberEvent
  | Envelope<'conversation.changed', { conversation: Conversation }>
  | PassingEvent
  | AccountEvent;

export type EventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;

/** The id of something that an event bears either as an id or whole. */
export function idOf(value: string | { id: string }): string {
  return typeof value === 'string' ? value : value.id;
}
