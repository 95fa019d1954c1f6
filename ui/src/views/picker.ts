import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { wordsOf } from '../wire/errors.js';
import type { Actor } from '../wire/shapes.js';
import './avatar.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly actor?: Actor;
  readonly icon?: unknown;
  readonly note?: string;
}

const PAUSE_MS = 120;

/** A field and a list under it: typing narrows, arrows move, Enter picks. */
@customElement('parley-picker')
export class Picker extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      ul {
        min-height: 12rem;
        max-height: 22rem;
        margin: var(--s3) calc(-1 * var(--s2)) calc(-1 * var(--s2));
        overflow-y: auto;
        --avatar: 32px;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--s3);
        padding: var(--s2);
        border-radius: var(--round);
        cursor: pointer;
      }
      li[aria-selected='true'] {
        background: var(--accent-soft);
        --around: var(--accent-soft);
      }
      .mark {
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        border-radius: var(--round);
        background: var(--hover);
        color: var(--muted);
      }
      .what {
        display: grid;
        flex: 1;
        min-width: 0;
        line-height: 1.35;
        font-weight: 500;
      }
      .what .muted {
        font-size: var(--tiny);
        font-weight: 400;
      }
      .note {
        color: var(--muted);
        font-size: var(--tiny);
      }
      .none {
        padding: var(--s5);
        color: var(--muted);
        text-align: center;
        cursor: default;
      }
    `,
  ];

  @property() label = '';
  @property() empty = 'Nothing was found.';
  @property({ attribute: false }) search!: (text: string) => Promise<readonly Choice[]>;
  @state() private choices: readonly Choice[] | undefined;
  @state() private at = 0;
  @state() private wrong = '';
  @query('input') private field!: HTMLInputElement;
  #timer = 0;
  #asked = 0;
  #shown = '';

  override firstUpdated(): void {
    this.field.focus();
    void this.again();
  }

  override render() {
    return html`<input type="text" role="combobox" aria-expanded="true" aria-controls="list" aria-label=${this.label}
        placeholder=${this.label} aria-activedescendant=${this.choices?.length ? `choice-${this.at}` : ''}
        autocomplete="off" spellcheck="false" @input=${this.#later} @keydown=${this.#key} />
      <ul id="list" role="listbox" aria-label=${this.label}>
        ${this.wrong ? html`<li class="none">${this.wrong}</li>` : ''}
        ${this.choices?.map((choice, i) => this.#option(choice, i))}
        ${this.choices?.length === 0 && !this.wrong ? html`<li class="none">${this.empty}</li>` : ''}
      </ul>`;
  }

  #option(choice: Choice, i: number) {
    return html`<li id="choice-${i}" role="option" aria-selected=${i === this.at}
      @pointermove=${() => (this.at = i)} @click=${() => tell(this, 'pick', choice.id)}>
      ${choice.actor ? html`<parley-avatar .of=${choice.actor}></parley-avatar>` : html`<span class="mark">${choice.icon}</span>`}
      <span class="what">
        <span class="clip">${choice.label}</span>
        ${choice.detail ? html`<span class="clip muted">${choice.detail}</span>` : ''}
      </span>
      ${choice.note ? html`<span class="note">${choice.note}</span>` : ''}
    </li>`;
  }

  #key(event: KeyboardEvent): void {
    const count = this.choices?.length ?? 0;
    if (event.key === 'ArrowDown' && count > 0) this.#move((this.at + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) this.#move((this.at + count - 1) % count);
    else if (event.key === 'Enter') void this.#enter();
    else return;
    event.preventDefault();
  }

  /** What is picked fits what was typed, also by those who type faster than the list follows. */
  async #enter(): Promise<void> {
    if (this.#shown !== this.field.value) await this.again();
    const chosen = this.choices?.[this.at];
    if (chosen) tell(this, 'pick', chosen.id);
  }

  #move(at: number): void {
    this.at = at;
    void this.updateComplete.then(() => this.renderRoot.querySelector(`#choice-${at}`)?.scrollIntoView({ block: 'nearest' }));
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.again(), PAUSE_MS);
  }

  /** Asks anew with what stands in the field. */
  async again(): Promise<void> {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const text = this.field.value;
    try {
      const choices = await this.search(text.trim());
      if (asked !== this.#asked) return;
      this.#shown = text;
      this.choices = choices;
      this.at = 0;
      this.wrong = '';
    } catch (error) {
      if (asked === this.#asked) this.wrong = wordsOf(error);
    }
  }
}
