import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Message } from '../wire/shapes.js';
import { grow } from './grow.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

/** Editing a message where it stands. */
@customElement('parley-edit')
export class Edit extends LitElement {
  static override styles = [
    shared,
    css`
      textarea {
        display: block;
        margin-top: 2px;
        resize: none;
        line-height: 1.5;
      }
      p {
        display: flex;
        gap: var(--s3);
        padding: var(--s1) 0;
        color: var(--muted);
        font-size: var(--tiny);
      }
    `,
  ];

  @property({ attribute: false }) message!: Message;
  @query('textarea') private field!: HTMLTextAreaElement;

  override firstUpdated(): void {
    this.field.value = this.message.content;
    grow(this.field);
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  override render() {
    return html`<textarea aria-label="Edit message" rows="1" @input=${() => grow(this.field)} @keydown=${this.#key}></textarea>
      <p>
        <span>Esc to <button class="link" @click=${this.#cancel}>cancel</button></span>
        <span>Enter to <button class="link" @click=${this.#save}>save</button></span>
      </p>`;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') this.#cancel();
    else if (event.key === 'Enter' && !event.shiftKey) this.#save();
    else return;
    event.preventDefault();
  }

  #cancel(): void {
    tell(this, 'edit-message', null);
  }

  #save(): void {
    const content = this.field.value.trim();
    if (content === '') tell(this, 'delete-message', this.message.id);
    else if (content === this.message.content) this.#cancel();
    else tell(this, 'save-message', { id: this.message.id, content });
  }
}
