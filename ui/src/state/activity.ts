import type { EventOf } from '../wire/events.js';
import type { Actor, Status } from '../wire/shapes.js';
import { idOf } from '../wire/events.js';
import { Observable } from './observable.js';

/** The server ends typing after 6 s; the page waits a little longer, so that a late renewal does not flicker. */
const TYPING_MS = 7_000;
const THINKING_MS = 60_000;

interface Doing {
  readonly actor: Actor;
  readonly timer: number;
  /** What a persona has written so far, by index. */
  readonly draft: readonly string[];
}

/** Who is writing in one conversation just now. */
export class Activity extends Observable {
  #doing = new Map<string, Doing>();

  get writing(): readonly Actor[] {
    return [...this.#doing.values()].filter(({ draft }) => draft.length === 0).map(({ actor }) => actor);
  }

  get drafts(): readonly { readonly actor: Actor; readonly text: string }[] {
    return [...this.#doing.values()]
      .filter(({ draft }) => draft.length > 0)
      .map(({ actor, draft }) => ({ actor, text: draft.join('') }));
  }

  typing({ member, on }: EventOf<'typing'>['data']): void {
    if (on) this.#set(member, TYPING_MS, []);
    else this.stopped(member.id);
  }

  thinking({ member, persona }: EventOf<'persona.thinking'>['data']): void {
    const actor = member ?? persona;
    if (actor) this.#set(actor, THINKING_MS, []);
  }

  draft({ member, persona, text, index }: EventOf<'persona.draft'>['data']): void {
    const actor = member ?? persona;
    if (!actor) return;
    const draft = index === 0 ? [] : [...(this.#doing.get(actor.id)?.draft ?? [])];
    draft[index] = text;
    this.#set(actor, THINKING_MS, draft);
  }

  stopped(id: string): void {
    clearTimeout(this.#doing.get(id)?.timer);
    if (this.#doing.delete(id)) this.changed();
  }

  clear(): void {
    for (const id of [...this.#doing.keys()]) this.stopped(id);
  }

  #set(actor: Actor, ms: number, draft: readonly string[]): void {
    clearTimeout(this.#doing.get(actor.id)?.timer);
    this.#doing.set(actor.id, { actor, draft, timer: window.setTimeout(() => this.stopped(actor.id), ms) });
    this.changed();
  }
}

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
