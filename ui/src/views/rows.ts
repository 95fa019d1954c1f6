import type { Pending } from '../state/outbox.js';
import { day, sameDay } from '../text/time.js';
import type { Message } from '../wire/shapes.js';

const TOGETHER_MS = 5 * 60_000;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly text: string }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly grouped: boolean; readonly isReply: boolean }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: Pending; readonly grouped: boolean; readonly isReply: boolean };

interface Before {
  readonly sender: string;
  readonly at: string;
}

/**
 * What stands under what: days, the line above the first unread message, messages, and those on their way. A message
 * has the same key before and after it was acknowledged, so its row stays the same element.
 */
export function rowsOf(
  messages: readonly Message[],
  pending: readonly Pending[],
  me: string,
  unreadFrom: string | undefined,
): readonly Row[] {
  const rows: Row[] = [];
  const acknowledged = new Set(messages.filter(({ sender }) => sender.id === me).map(({ clientId }) => clientId));
  let before: Before | undefined;

  const begin = (at: string): void => {
    if (before && sameDay(before.at, at)) return;
    rows.push({ kind: 'day', key: `day ${at.slice(0, 10)} ${rows.length === 0 ? 'first' : ''}`, text: day(at) });
    before = undefined;
  };

  for (const message of messages) {
    begin(message.at);
    if (message.id === unreadFrom) {
      rows.push({ kind: 'new', key: 'new' });
      before = undefined;
    }
    const isReply = message.replyTo !== null && !answersAtOnce(message, rows[rows.length - 1]);
    const grouped = !isReply && together(before, message.sender.id, message.at);
    rows.push({ kind: 'message', key: keyOf(message), message, grouped, isReply });
    before = { sender: message.deletedAt ? '' : message.sender.id, at: message.at };
  }
  for (const item of pending) {
    if (acknowledged.has(item.clientId)) continue;
    begin(item.at);
    const grouped = !item.replyTo && together(before, me, item.at);
    rows.push({ kind: 'pending', key: `${me} ${item.clientId}`, pending: item, grouped, isReply: item.replyTo !== null });
    before = { sender: me, at: item.at };
  }
  return rows;
}

const keyOf = ({ sender, clientId, id }: Message): string => (clientId ? `${sender.id} ${clientId}` : id);

/** A persona answers every message as a reply; right below the question that needs no quotation. */
function answersAtOnce({ sender, replyTo }: Message, above: Row | undefined): boolean {
  return sender.kind === 'persona' && above?.kind === 'message' && above.message.id === replyTo;
}

function together(before: Before | undefined, sender: string, at: string): boolean {
  return before?.sender === sender && Date.parse(at) - Date.parse(before.at) < TOGETHER_MS;
}

/** The first message of somebody else above the read mark, unless everything shown is unread. */
export function firstUnread(messages: readonly Message[], me: string, readSeq: number | undefined): Message | undefined {
  if (readSeq === undefined || (messages[0]?.seq ?? 0) > readSeq) return undefined;
  return messages.find(({ seq, sender }) => seq > readSeq && sender.id !== me);
}
