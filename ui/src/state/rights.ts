import type { Account, Conversation, Message } from '../wire/shapes.js';

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

/** An answer is stopped by whoever asked, also what personas say to each other on their behalf. */
export function mayStop(question: Message | undefined, me: Account): boolean {
  return question?.sender.kind === 'persona' || question?.sender.id === me.id;
}

export function mayWrite(conversation: Conversation | undefined): boolean {
  return conversation?.role !== undefined && !conversation.archived;
}
