import { LitElement, type PropertyValues, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Watch } from '../state/observable.js';
import type { Opened } from '../state/open.js';
import { mayInvite, moderates } from '../state/rights.js';
import { pathTo } from '../state/route.js';
import type { Workspace } from '../state/workspace.js';
import { plural, shownName } from '../text/names.js';
import { clock } from '../text/time.js';
import type { Conversation, Member } from '../wire/shapes.js';
import './avatar.js';
import './link.js';
import { icons } from './icons.js';
import './mood.js';
import { shared } from './shared.js';
import { sideStyles } from './side-styles.js';
import { tell } from './tell.js';

const MUTE_SECONDS = 15 * 60;

/** Who is in the conversation, and what its moderators may do about it. */
@customElement('parley-members')
export class MembersView extends LitElement {
  static override styles = [shared, sideStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) conversation: Conversation | undefined;
  @property({ attribute: false }) opened!: Opened;
  @state() private chosen: string | undefined;
  @state() private resetLink = '';
  readonly watch = new Watch(this, () => [this.opened.roster, this.workspace.presence]);

  /** Whoever talks with a persona alone sees at once how that feels. */
  override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('conversation') || changes.get('conversation')?.id === this.conversation?.id) return;
    const other = this.conversation?.with;
    this.#choose(other?.kind === 'persona' ? other.id : undefined);
  }

  override render() {
    const { conversation } = this;
    const { roster } = this.opened;
    const here = roster.items.filter((member) => this.#status(member) !== 'offline');
    const away = roster.items.filter((member) => this.#status(member) === 'offline');
    return html`<header>
        <h2>Members</h2>
        <button class="icon" aria-label="Close" @click=${() => tell(this, 'close-side', undefined)}>${icons.close}</button>
      </header>
      <div class="body">
        ${mayInvite(conversation, this.workspace.me)
          ? html`<button class="wide" @click=${() => tell(this, 'open-dialog', 'invite')}>${icons.invite} Invite somebody</button>`
          : ''}
        ${this.#group('Here now', here)} ${this.#group('Offline', away)}
        ${roster.more
          ? html`<button class="wide" @click=${() => this.#run(roster.loadMore())}>Show more of ${plural(conversation?.members ?? 0, 'member')}</button>`
          : ''}
      </div>`;
  }

  #status({ member }: Member) {
    return member.kind === 'persona' ? 'online' : (this.workspace.presence.of(member.id) ?? 'offline');
  }

  #group(title: string, members: readonly Member[]) {
    if (members.length === 0) return '';
    return html`<h3>${title} · ${members.length}</h3>
      <ul>
        ${repeat(members, ({ member }) => member.id, (member) => this.#entry(member))}
      </ul>`;
  }

  #entry(entry: Member) {
    const { member, role, mutedUntil } = entry;
    const me = member.id === this.workspace.me.id;
    const muted = mutedUntil !== undefined && Date.parse(mutedUntil) > Date.now();
    const open = this.chosen === member.id;
    return html`<li>
      <button class="person" aria-expanded=${me ? 'false' : open} ?disabled=${me} @click=${() => this.#choose(open ? undefined : member.id)}>
        <parley-avatar .of=${member} .status=${this.#status(entry)}></parley-avatar>
        <span class="who">
          <span class="clip">${shownName(member)}${me ? ' (you)' : ''}</span>
          <span class="clip muted">@${member.name}</span>
        </span>
        ${member.kind === 'persona' ? html`<span class="badge">AI</span>` : ''}
        ${role === 'moderator' ? html`<span class="badge">Moderator</span>` : ''}
        ${muted ? html`<span class="badge" title="Muted until ${clock(mutedUntil)}">Muted</span>` : ''}
      </button>
      ${open && member.kind === 'persona'
        ? html`<parley-mood .workspace=${this.workspace} .timeline=${this.opened.timeline} .persona=${member}></parley-mood>`
        : ''}
      ${open ? this.#actions(entry, muted) : ''}
    </li>`;
  }

  #actions({ member, role }: Member, muted: boolean) {
    const { connection } = this.workspace;
    const { roster } = this.opened;
    const id = this.conversation?.id ?? '';
    const other = role === 'moderator' ? 'member' : 'moderator';
    const changed = (call: Promise<{ member: Member }>) => this.#run(call.then((done) => roster.put(done.member)));
    const gone = (call: Promise<unknown>) => this.#run(call.then(() => roster.drop(member.id)));
    return html`<div class="actions">
      ${this.conversation?.with?.id === member.id ? '' : html`<button @click=${() => this.#write(member.id)}>Message</button>`}
      ${this.workspace.me.role !== 'member' && member.kind === 'account'
        ? html`<button @click=${() => this.#reset(member.id)}>Link for a new password</button>`
        : ''}
      ${moderates(this.conversation, this.workspace.me)
        ? html`<button @click=${() => changed(connection.call('conversations.setRole', { id, member: member.id, role: other }))}>
              ${role === 'moderator' ? 'No longer moderator' : 'Make moderator'}
            </button>
            <button @click=${() => changed(connection.call('conversations.mute', { id, member: member.id, seconds: muted ? 0 : MUTE_SECONDS }))}>
              ${muted ? 'Unmute' : 'Mute 15 minutes'}
            </button>
            <button class="warn" @click=${() => gone(connection.call('conversations.remove', { id, member: member.id }))}>Remove</button>
            <button class="warn" @click=${() => gone(connection.call('conversations.ban', { id, member: member.id, on: true }))}>Ban</button>`
        : ''}
      ${this.resetLink ? html`<parley-link label="Link for a new password" .address=${this.resetLink}></parley-link>` : ''}
    </div>`;
  }

  #choose(id: string | undefined): void {
    this.chosen = id;
    this.resetLink = '';
  }

  async #reset(id: string): Promise<void> {
    await this.#run(
      this.workspace.connection.call('accounts.resetPassword', { id }).then(({ code }) => {
        this.resetLink = `${location.origin}/#/reset/${code}`;
      }),
    );
  }

  async #write(id: string): Promise<void> {
    const { connection, conversations, route } = this.workspace;
    await this.#run(
      connection.call('conversations.create', { kind: 'direct', with: id }).then(({ conversation }) => {
        conversations.put(conversation);
        route.go(pathTo(conversation.id));
      }),
    );
  }

  async #run(work: Promise<unknown>): Promise<void> {
    await this.workspace.toasts.guard(work);
  }
}
