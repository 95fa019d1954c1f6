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

/** Hues closer than this are hard to tell apart. */
const HUES = 18;

/** A hue for a name, the same everywhere: FNV-1a, then MurmurHash3's finalizer, as similar names must differ too. */
export function hueOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) % HUES) * (360 / HUES);
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
