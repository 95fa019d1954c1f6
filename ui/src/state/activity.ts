import type { EventOf } from '../wire/events.js';
import type { Actor, Message, Status } from '../wire/shapes.js';
import { idOf } from '../wire/events.js';
import { Observable } from './observable.js';

/** The server ends typing after 6 s; the page waits a little longer, so that a late renewal does not flicker. */
const TYPING_MS = 7_000;
const THINKING_MS = 60_000;

/** Somebody types, or a persona answers a message. */
interface Doing {
  readonly actor: Actor;
  /** The id of what is answered; empty for who types. */
  readonly replyTo: string;
  /** What a persona has written so far, by index. */
  readonly draft: readonly string[];
}

/** Who is writing in one conversation just now. A persona may answer several messages at once. */
export class Activity extends Observable {
  readonly #doing = new Map<string, Doing & { readonly timer: number }>();

  get all(): readonly Doing[] {
    return [...this.#doing.values()];
  }

  get drafts(): readonly { readonly actor: Actor; readonly text: string }[] {
    return this.all.filter(({ draft }) => draft.length > 0).map(({ actor, draft }) => ({ actor, text: draft.join('') }));
  }

  typing({ member, on }: EventOf<'typing'>['data']): void {
    if (on) this.#set({ actor: member, replyTo: '', draft: [] }, TYPING_MS);
    else this.#end(keyOf(member));
  }

  thinking({ persona, replyTo }: EventOf<'persona.thinking'>['data']): void {
    this.#set({ actor: persona, replyTo, draft: [] }, THINKING_MS);
  }

  draft({ persona, replyTo, text, index }: EventOf<'persona.draft'>['data']): void {
    const draft = index === 0 ? [] : [...(this.#doing.get(keyOf(persona, replyTo))?.draft ?? [])];
    draft[index] = text;
    this.#set({ actor: persona, replyTo, draft }, THINKING_MS);
  }

  stopped({ persona, replyTo }: EventOf<'persona.stopped'>['data']): void {
    this.#end(keyOf(persona, replyTo));
  }

  posted({ sender, replyTo }: Message): void {
    this.#end(sender.kind === 'persona' ? keyOf(sender, replyTo ?? '') : keyOf(sender));
  }

  clear(): void {
    for (const key of [...this.#doing.keys()]) this.#end(key);
  }

  #set(doing: Doing, ms: number): void {
    const key = keyOf(doing.actor, doing.replyTo);
    clearTimeout(this.#doing.get(key)?.timer);
    this.#doing.set(key, { ...doing, timer: window.setTimeout(() => this.#end(key), ms) });
    this.changed();
  }

  #end(key: string): void {
    clearTimeout(this.#doing.get(key)?.timer);
    if (this.#doing.delete(key)) this.changed();
  }
}

const keyOf = ({ id }: Actor, replyTo = ''): string => `${id} ${replyTo}`;

/** Who is online, as far as the page was told. */
export class Presence extends Observable {
  readonly #status = new Map<string, Status>();

  of(id: string): Status | undefined {
    return this.#status.get(id);
  }

  set(account: string | { id: string }, status: Status): void {
    const id = idOf(account);
    if (this.#status.get(id) === status) return;
    this.#status.set(id, status);
    this.changed();
  }
}
