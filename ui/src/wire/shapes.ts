/** The shapes that travel between the page and the server, named as on the wire. */

export type Kind = 'account' | 'persona';
export type Status = 'online' | 'away' | 'offline';
export type Role = 'moderator' | 'member';
export type Visibility = 'public' | 'private';
export type Epoch = string | number;

export interface Actor {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly displayName?: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly displayName?: string;
  readonly role: 'owner' | 'admin' | 'member';
  readonly createdAt: string;
}

export interface Persona extends Actor {
  readonly description?: string;
}

/** One side of a relationship, and how it comes about. */
export interface Measure {
  readonly value: number;
  readonly formula: string;
}

/** How a persona feels: its mood, its energy for whoever asks, and what it thinks of them. */
export interface Feelings {
  readonly mood: Measure & { readonly word: string };
  readonly energy: number;
  readonly availableAt?: string;
  readonly relationship: {
    readonly counts: { readonly messages: number; readonly kind: number; readonly unkind: number; readonly thanks: number };
    readonly affinity: Measure;
    readonly trust: Measure;
    readonly respect: Measure;
    readonly familiarity: Measure;
  };
}

export interface Session {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly current: boolean;
}

/** `role`, `readSeq`, `unread` and `mentions` are there only for a member. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'room' | 'direct';
  readonly title: string | null;
  readonly topic?: string | null;
  readonly visibility: Visibility;
  readonly project: string | null;
  readonly with?: Actor;
  readonly lastSeq: number;
  readonly epoch: Epoch;
  readonly members: number;
  readonly messages: number;
  readonly createdAt: string;
  readonly archived: boolean;
  readonly role?: Role;
  readonly readSeq?: number;
  readonly unread?: number;
  readonly mentions?: number;
  readonly mutedUntil?: string;
}

export interface Member {
  readonly member: Actor;
  readonly role: Role;
  readonly joinedAt?: string;
  readonly mutedUntil?: string;
  readonly status?: Status;
}

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly by: readonly Actor[];
}

/** A deleted message stays in its place, empty, with `deletedAt`. */
export interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly sender: Actor;
  readonly content: string;
  readonly replyTo: string | null;
  readonly reactions: readonly Reaction[];
  readonly mentions?: readonly string[];
  readonly clientId?: string;
  readonly at: string;
  readonly editedAt: string | null;
  readonly deletedAt?: string;
}

export interface AsOf {
  readonly seq: number;
  readonly epoch: Epoch;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface MessagePage {
  readonly items: readonly Message[];
  readonly next?: number;
  readonly total: number;
  readonly asOf: AsOf;
}
