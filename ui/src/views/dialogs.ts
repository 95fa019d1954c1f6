import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isMine } from '../state/conversations.js';
import { type Someone, someone } from '../state/directory.js';
import { pathTo } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { plural, shownName, titleOf } from '../text/names.js';
import type { Conversation } from '../wire/shapes.js';
import './details.js';
import './dialog.js';
import { icons } from './icons.js';
import './new-room.js';
import './picker.js';
import type { Choice } from './picker.js';
import './settings.js';
import './shortcuts.js';
import { type DialogName, type Wish, tell } from './tell.js';

/** The one dialog that is open, if any. */
@customElement('parley-dialogs')
export class Dialogs extends LitElement {
  @property({ attribute: false }) workspace!: Workspace;
  @property() open: DialogName | undefined;
  @property({ attribute: false }) conversation: Conversation | undefined;

  override render() {
    const { workspace, conversation } = this;
    switch (this.open) {
      case 'jump':
        return this.#picking('Jump to a conversation', 'Name of a room or a person', this.#jumps, (id) => this.#go(id));
      case 'browse':
        return this.#picking('Rooms on this server', 'Name of a room', this.#rooms, (id) => this.#go(id));
      case 'direct':
        return this.#picking('New direct message', 'Name of a person or persona', this.#people, (id) => this.#write(id));
      case 'invite':
        return this.#picking('Invite to the room', 'Name of a person or persona', this.#strangers, (id) => this.#invite(id));
      case 'room':
        return html`<parley-dialog heading="New room"><parley-new-room .workspace=${workspace}></parley-new-room></parley-dialog>`;
      case 'settings':
        return html`<parley-dialog heading="Settings"><parley-settings .workspace=${workspace}></parley-settings></parley-dialog>`;
      case 'details':
        return html`<parley-dialog heading="Room settings">
          <parley-details .workspace=${workspace} .conversation=${conversation}></parley-details>
        </parley-dialog>`;
      case 'shortcuts':
        return html`<parley-dialog heading="Keyboard shortcuts"><parley-shortcuts></parley-shortcuts></parley-dialog>`;
      default:
        return '';
    }
  }

  #picking(heading: string, label: string, search: (text: string) => Promise<readonly Choice[]>, pick: (id: string) => void) {
    return html`<parley-dialog top .heading=${heading}>
      <parley-picker .label=${label} .search=${search} @pick=${(wish: Wish<'pick'>) => pick(wish.detail)}></parley-picker>
    </parley-dialog>`;
  }

  readonly #jumps = async (text: string): Promise<readonly Choice[]> => {
    const all = this.workspace.conversations.mine.filter((conversation) => matches(titleOf(conversation), text));
    return [...all].sort((a, b) => (b.unread ?? 0) - (a.unread ?? 0)).map((conversation) => choiceOf(conversation));
  };

  readonly #rooms = async (text: string): Promise<readonly Choice[]> => {
    const rooms = (await this.workspace.conversations.browse()).filter((room) => matches(titleOf(room), text) && !room.archived);
    return rooms.map((room) => ({ ...choiceOf(room), ...(isMine(room) ? { note: 'Joined' } : {}) }));
  };

  readonly #people = async (text: string): Promise<readonly Choice[]> => {
    const found = await someone(this.workspace.connection, text);
    return found.filter(({ id }) => id !== this.workspace.me.id).map(personChoice);
  };

  readonly #strangers = async (text: string): Promise<readonly Choice[]> => {
    const roster = this.conversation && this.workspace.opened.get(this.conversation.id)?.roster;
    const found = await someone(this.workspace.connection, text);
    return found.map((one) => ({ ...personChoice(one), ...(roster?.has(one.id) ? { note: 'Member' } : {}) }));
  };

  #go(id: string): void {
    this.workspace.route.go(pathTo(id));
    tell(this, 'close', undefined);
  }

  async #write(id: string): Promise<void> {
    const { connection, conversations, toasts } = this.workspace;
    const made = await toasts.guard(connection.call('conversations.create', { kind: 'direct', with: id }));
    if (!made) return;
    conversations.put(made.conversation);
    this.#go(made.conversation.id);
  }

  async #invite(account: string): Promise<void> {
    const { connection, opened, toasts } = this.workspace;
    const id = this.conversation?.id;
    const roster = id ? opened.get(id)?.roster : undefined;
    if (!id || roster?.has(account)) return;
    const invited = await toasts.guard(connection.call('conversations.invite', { id, account }));
    if (!invited) return;
    roster?.put(invited.member);
    toasts.note(`${shownName(invited.member.member)} is a member now.`);
    tell(this, 'close', undefined);
  }
}

const matches = (name: string, text: string): boolean => name.toLowerCase().includes(text.toLowerCase());

function choiceOf(conversation: Conversation): Choice {
  const unread = conversation.unread ?? 0;
  const base = { id: conversation.id, label: titleOf(conversation), ...(unread > 0 ? { note: `${unread} unread` } : {}) };
  if (conversation.with) return { ...base, actor: conversation.with, detail: `@${conversation.with.name}` };
  const icon = conversation.visibility === 'private' ? icons.lock : icons.hash;
  return { ...base, icon, detail: conversation.topic || plural(conversation.members, 'member') };
}

function personChoice(one: Someone): Choice {
  const detail = one.kind === 'persona' ? `AI persona${one.description ? ` · ${one.description}` : ''}` : `@${one.name}`;
  return { id: one.id, label: shownName(one), detail, actor: one };
}
