import { LitElement, css, html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { EMOJI } from '../text/emoji.js';
import { shared } from './shared.js';
import type { Wishes } from './tell.js';

const WIDTH = 308;
const HEIGHT = 300;
const COLUMNS = 8;

/** Emoji to choose from, beside whatever asked for one. */
@customElement('parley-emoji')
export class EmojiPicker extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: fixed;
        inset: auto;
        width: 308px;
        height: 300px;
        margin: 0;
        padding: var(--s2);
        border: 1px solid var(--line);
        border-radius: var(--round-l);
        background: var(--raised);
        color: var(--text);
        box-shadow: var(--shadow);
      }
      :host(:popover-open) {
        display: flex;
        flex-direction: column;
        gap: var(--s2);
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(8, 1fr);
        align-content: start;
        overflow-y: auto;
      }
      .grid button {
        width: auto;
        min-height: 36px;
        font: 1.25rem/1 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--font);
        color: var(--text);
      }
      .grid button:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @state() private filter = '';
  @query('input') private field!: HTMLInputElement;
  #asked: Wishes['pick-emoji'] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'auto';
    this.setAttribute('role', 'dialog');
    this.setAttribute('aria-label', 'Choose an emoji');
  }

  show(asked: Wishes['pick-emoji']): void {
    this.#asked = asked;
    this.filter = '';
    const at = asked.for.getBoundingClientRect();
    const above = at.top > HEIGHT + 16;
    this.style.left = `${Math.max(8, Math.min(at.right - WIDTH, innerWidth - WIDTH - 8))}px`;
    this.style.top = `${above ? at.top - HEIGHT - 8 : Math.min(at.bottom + 8, innerHeight - HEIGHT - 8)}px`;
    this.showPopover();
    this.field.value = '';
    this.field.focus();
  }

  override render() {
    const wanted = this.filter.toLowerCase();
    const shown = EMOJI.filter(([, name]) => name.includes(wanted));
    return html`<input type="search" aria-label="Find an emoji" placeholder="Find an emoji" @input=${this.#typed} @keydown=${this.#enter} />
      <div class="grid" role="group" aria-label="Emoji" @keydown=${this.#arrows}>
        ${shown.map(([emoji, name]) => html`<button class="icon" aria-label=${name} title=${name} @click=${() => this.#pick(emoji)}>${emoji}</button>`)}
      </div>`;
  }

  #typed(): void {
    this.filter = this.field.value.trim();
  }

  #enter(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.renderRoot.querySelector<HTMLButtonElement>('.grid button')?.click();
    else if (event.key === 'ArrowDown') this.renderRoot.querySelector<HTMLButtonElement>('.grid button')?.focus();
    else return;
    event.preventDefault();
  }

  #arrows(event: KeyboardEvent): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.grid button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    (buttons[at + by] ?? (by < 0 ? this.field : undefined))?.focus();
  }

  #pick(emoji: string): void {
    this.hidePopover();
    this.#asked?.picked(emoji);
  }
}
