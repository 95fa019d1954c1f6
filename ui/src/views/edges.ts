import { html } from 'lit';
import { shownName, titleOf } from '../text/names.js';
import type { Actor, Conversation } from '../wire/shapes.js';
import './avatar.js';
import { icons } from './icons.js';

/** What stands above the first message. */
export function beginning(conversation: Conversation) {
  const { with: other } = conversation;
  return html`<div class="beginning">
    ${other
      ? html`<parley-avatar .of=${other}></parley-avatar>`
      : html`<span class="mark">${conversation.visibility === 'private' ? icons.lock : icons.hash}</span>`}
    <h2>${titleOf(conversation)}</h2>
    <p class="muted">
      ${other
        ? other.kind === 'persona'
          ? `The beginning of your conversation with ${shownName(other)}, an AI persona.`
          : `The beginning of your conversation with ${shownName(other)}. Only the two of you see it.`
        : conversation.visibility === 'private'
          ? 'The beginning of this private room. Only its members see it.'
          : 'The beginning of this room. Everybody on this server can read and join it.'}
    </p>
  </div>`;
}

/** What a persona has written so far. */
export function draftRow({ actor, text }: { actor: Actor; text: string }) {
  return html`<div class="draft">
    <parley-avatar .of=${actor}></parley-avatar>
    <div><strong>${shownName(actor)}</strong><p>${text}<i></i></p></div>
  </div>`;
}
