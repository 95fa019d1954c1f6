import type {
  Account, AsOf, Conversation, Epoch, Feelings, Member, Message, MessagePage, Page, Persona, Session, Status, Visibility,
} from './shapes.js';

type None = Record<string, never>;
type Paged = { limit?: number; cursor?: string };

/** Every function that the page calls: name, params, result. */
export interface Functions {
  'accounts.list': [{ query?: string } & Paged, Page<Account>];
  'accounts.update': [{ displayName: string }, { account: Account }];
  'accounts.changePassword': [{ current: string; password: string }, None];
  'accounts.resetPassword': [{ id: string }, { code: string }];
  'invitations.create': [{ uses?: number; days?: number }, { invitation: { expiresAt: string; usesLeft: number }; code: string }];
  'sessions.list': [None, { items: readonly Session[] }];
  'sessions.revoke': [{ id: string }, None];
  'personas.list': [Paged, Page<Persona>];
  'personas.mood': [{ persona: string }, Feelings];
  'personas.cancel': [{ conversation: string }, { cancelled: number }];
  'conversations.list': [{ mine?: boolean } & Paged, Page<Conversation>];
  'conversations.get': [{ id: string }, { conversation: Conversation; asOf: AsOf }];
  'conversations.create': [
    { kind: 'room'; title: string; visibility: Visibility } | { kind: 'direct'; with: string },
    { conversation: Conversation },
  ];
  'conversations.update': [
    { id: string; title?: string; topic?: string; visibility?: Visibility; archived?: boolean },
    { conversation: Conversation },
  ];
  'conversations.join': [{ id: string }, { conversation: Conversation }];
  'conversations.leave': [{ id: string }, None];
  'conversations.invite': [{ id: string; account: string }, { member: Member }];
  'conversations.remove': [{ id: string; member: string }, None];
  'conversations.setRole': [{ id: string; member: string; role: string }, { member: Member }];
  'conversations.mute': [{ id: string; member: string; seconds: number }, { member: Member }];
  'conversations.ban': [{ id: string; member: string; on: boolean }, None];
  'conversations.members': [{ id: string } & Paged, Page<Member> & { asOf: AsOf }];
  'conversations.subscribe': [
    { id: string; afterSeq?: number; epoch?: Epoch },
    { seq: number; epoch: Epoch; recovered: boolean },
  ];
  'conversations.unsubscribe': [{ id: string }, None];
  'messages.post': [
    { conversation: string; content: string; clientId?: string; replyTo?: string },
    { message: Message },
  ];
  'messages.list': [{ conversation: string; before?: number; after?: number; limit?: number }, MessagePage];
  'messages.get': [{ id: string }, { message: Message }];
  'messages.edit': [{ id: string; content: string }, { message: Message }];
  'messages.delete': [{ id: string }, { message: Message }];
  'messages.react': [{ id: string; emoji: string; on: boolean }, { message: Message }];
  'messages.search': [{ text: string; conversation?: string } & Paged, Page<Message>];
  'reads.mark': [{ conversation: string; seq: number }, { readSeq: number; unread: number; mentions: number }];
  'typing.set': [{ conversation: string; on: boolean }, None];
  'presence.set': [{ status: Exclude<Status, 'offline'> }, None];
  'system.ping': [None, { at: string }];
}

export type FunctionName = keyof Functions;
export type Params<N extends FunctionName> = Functions[N][0];
export type Result<N extends FunctionName> = Functions[N][1];
