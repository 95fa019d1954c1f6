import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shared } from './shared.js';

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl/⌘ + K', 'Jump to a conversation'],
  ['Alt + ↑ or ↓', 'Conversation above or below'],
  ['Ctrl/⌘ + Shift + F', 'Search messages'],
  ['Enter', 'Send'],
  ['Shift + Enter', 'New line'],
  ['↑ in an empty field', 'Edit your last message'],
  ['@', 'Mention a member'],
  ['Shift + Tab', 'From the field up to the messages'],
  ['↑ or ↓ on a message', 'Message above or below'],
  ['R, E, Delete, +', 'Reply to it, edit, delete, react'],
  ['Esc', 'Close or cancel'],
  ['Ctrl/⌘ + /', 'This list'],
];

@customElement('parley-shortcuts')
export class Shortcuts extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--s2) var(--s5);
        margin: 0;
      }
      dd {
        margin: 0;
      }
    `,
  ];

  override render() {
    return html`<dl>${KEYS.map(([keys, does]) => html`<dt><kbd>${keys}</kbd></dt><dd>${does}</dd>`)}</dl>
      <p class="hint"><br />In a message: **bold**, *italic*, \`code\`, and \`\`\` around several lines of code.</p>`;
  }
}
