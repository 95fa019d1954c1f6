import { type ReactiveControllerHost, html } from 'lit';
import { shownName } from '../text/names.js';
import type { Actor, Member } from '../wire/shapes.js';
import './avatar.js';

const MOST = 6;
const BEGUN = /(?<![\w@.])@([A-Za-z0-9._-]{0,64})$/;

/** Completes "@na" to the name of a member while one writes. */
export class Mentions {
  choices: readonly Actor[] = [];
  at = 0;
  #field: HTMLTextAreaElement | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & EventTarget,
    private readonly members: () => readonly Member[],
    private readonly me: () => string,
  ) {}

  look(field: HTMLTextAreaElement): void {
    this.#field = field;
    const begun = this.#begun(field)?.toLowerCase();
    this.at = 0;
    this.choices = begun === undefined ? [] : this.#matching(begun);
    this.host.requestUpdate();
  }

  close(): void {
    if (this.choices.length === 0) return;
    this.choices = [];
    this.host.requestUpdate();
  }

  /** True if the key was meant for the list. */
  key(event: KeyboardEvent, field: HTMLTextAreaElement): boolean {
    const count = this.choices.length;
    if (count === 0) return false;
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % count;
    else if (event.key === 'ArrowUp') this.at = (this.at + count - 1) % count;
    else if (event.key === 'Escape') this.choices = [];
    else if (event.key === 'Enter' || event.key === 'Tab') this.#insert(field, this.choices[this.at]);
    else return false;
    this.host.requestUpdate();
    return true;
  }

  pick(actor: Actor): void {
    if (!this.#field) return;
    this.#insert(this.#field, actor);
    this.#field.dispatchEvent(new Event('input'));
  }

  #insert(field: HTMLTextAreaElement, actor: Actor | undefined): void {
    const begun = this.#begun(field);
    if (!actor || begun === undefined) return;
    const end = field.selectionStart;
    field.setRangeText(`@${actor.name} `, end - begun.length - 1, end, 'end');
    this.choices = [];
  }

  #begun(field: HTMLTextAreaElement): string | undefined {
    return BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1];
  }

  #matching(begun: string): readonly Actor[] {
    const found = this.members()
      .map(({ member }) => member)
      .filter((actor) => actor.id !== this.me())
      .filter((actor) => actor.name.toLowerCase().startsWith(begun) || shownName(actor).toLowerCase().startsWith(begun))
      .slice(0, MOST);
    // A name that is complete needs no list, and Enter sends.
    return found.length === 1 && found[0]?.name.toLowerCase() === begun ? [] : found;
  }
}

export function mentionList(mentions: Mentions) {
  return html`<ul class="mentions" id="mentions" role="listbox" aria-label="Members">
    ${mentions.choices.map(
      (actor, i) => html`<li
        id="mention-${i}"
        role="option"
        aria-selected=${i === mentions.at}
        @pointerdown=${(event: Event) => {
          event.preventDefault();
          mentions.pick(actor);
        }}
      >
        <parley-avatar .of=${actor}></parley-avatar> <span>${shownName(actor)}</span> <span class="muted">@${actor.name}</span>
      </li>`,
    )}
  </ul>`;
}
