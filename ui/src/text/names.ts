import type { Account, Actor, Conversation } from '../wire/shapes.js';

export const shownName = (someone: Actor | Account): string => someone.displayName || someone.name;

export function titleOf(conversation: Conversation): string {
  if (conversation.kind === 'direct' && conversation.with) return shownName(conversation.with);
  return conversation.title || 'Untitled room';
}

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...(word ?? '?')][0]).join('').toUpperCase();
}

/** A hue for a name, the same everywhere (FNV-1a, spread over the circle by the golden angle). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return Math.round(((hash >>> 0) * 137.508) % 360);
}

/** "Ann", "Ann and Bo", "Ann, Bo and 3 others". */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} others`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
