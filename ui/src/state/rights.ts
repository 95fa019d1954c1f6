import type { Account, Conversation } from '../wire/shapes.js';

/** What the page offers; the server decides. An administrator may what a moderator may. */
export function moderates(conversation: Conversation | undefined, me: Account): boolean {
  if (conversation?.kind !== 'room') return false;
  return conversation.role === 'moderator' || me.role !== 'member';
}

/** Into a private room only its moderators bring others. */
export function mayInvite(conversation: Conversation | undefined, me: Account): boolean {
  if (conversation?.kind !== 'room' || conversation.archived) return false;
  return moderates(conversation, me) || (conversation.visibility === 'public' && conversation.role !== undefined);
}

export function mayWrite(conversation: Conversation | undefined): boolean {
  return conversation?.role !== undefined && !conversation.archived;
}
