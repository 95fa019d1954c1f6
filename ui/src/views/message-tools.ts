import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { listed, shownName } from '../text/names.js';
import type { Message, Reaction } from '../wire/shapes.js';
import { icons } from './icons.js';
import type { MessageView } from './message.js';
import { tell } from './tell.js';

const QUICK = ['👍', '❤️', '🎉'] as const;

export function reactions(view: MessageView, message: Message) {
  if (message.reactions.length === 0) return '';
  return html`<ul class="reactions" aria-label="Reactions">
    ${repeat(message.reactions, ({ emoji }) => emoji, (reaction) => html`<li>${chip(view, reaction)}</li>`)}
    ${view.member
      ? html`<li>
          <button class="chip add" aria-label="Add a reaction" tabindex=${view.entered ? 0 : -1} @click=${picks(view)}>${icons.smile}</button>
        </li>`
      : ''}
  </ul>`;
}

function chip(view: MessageView, { emoji, count, by }: Reaction) {
  const mine = by.some(({ id }) => id === view.me.id);
  const who = listed(by.map((actor) => (actor.id === view.me.id ? 'you' : shownName(actor))));
  return html`<button
    class="chip"
    aria-pressed=${mine}
    aria-label="${emoji} ${count}, ${who}"
    title=${who}
    tabindex=${view.entered ? 0 : -1}
    ?disabled=${!view.member}
    @click=${() => view.react(emoji, !mine)}
  ><span class="glyph">${emoji}</span> ${count}</button>`;
}

export function toolbar(view: MessageView, message: Message) {
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${QUICK.map(
      (emoji) => html`<button class="icon glyph quick" aria-label="React with ${emoji}" @click=${() => view.react(emoji, true)}>${emoji}</button>`,
    )}
    <button class="icon" aria-label="React with another emoji" title="React" @click=${picks(view)}>${icons.smile}</button>
    <button class="icon" aria-label="Reply" title="Reply" @click=${() => tell(view, 'reply', message.id)}>${icons.reply}</button>
    ${view.mine
      ? html`<button class="icon" aria-label="Edit" title="Edit" @click=${() => tell(view, 'edit-message', message.id)}>${icons.edit}</button>`
      : ''}
    ${view.mine || view.moderator
      ? html`<button class="icon" aria-label="Delete" title="Delete" @click=${() => tell(view, 'delete-message', message.id)}>${icons.trash}</button>`
      : ''}
  </div>`;
}

const picks = (view: MessageView) => (event: Event) => view.pickReaction(event.currentTarget as HTMLElement);
