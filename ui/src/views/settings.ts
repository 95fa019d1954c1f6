import { LitElement, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Theme, chooseTheme, theme } from '../state/theme.js';
import type { Workspace } from '../state/workspace.js';
import { shortly } from '../text/time.js';
import { wordsOf } from '../wire/errors.js';
import type { Session } from '../wire/shapes.js';
import { formStyles } from './form-styles.js';
import './link.js';
import { shared } from './shared.js';
import { tell } from './tell.js';

const THEMES: readonly (readonly [Theme, string])[] = [['auto', 'Automatic'], ['light', 'Light'], ['dark', 'Dark']];

/** What concerns oneself: appearance, name, password, where one is signed in. */
@customElement('parley-settings')
export class Settings extends LitElement {
  static override styles = [shared, formStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @state() private sessions: readonly Session[] = [];
  @state() private invitation = '';
  @state() private wrong = '';

  override firstUpdated(): void {
    void this.#loadSessions();
  }

  override render() {
    const { me } = this.workspace;
    return html`<div class="form">
        <div class="line">
          <span>Signed in as <strong>@${me.name}</strong></span>
          <button class="warn" @click=${() => this.#try(this.workspace.session.signOut())}>Sign out</button>
        </div>
        ${this.#themes()}
        <form @submit=${this.#rename}>
          <label>Display name
            <input name="displayName" maxlength="64" .value=${me.displayName ?? ''} placeholder=${me.name} autocomplete="name" />
          </label>
          <div class="end"><button>Save name</button></div>
        </form>
      </div>
      ${me.role === 'member' ? '' : this.#invitations()}
      <h3>Password</h3>
      <form @submit=${this.#changePassword}>
        <input hidden autocomplete="username" .value=${me.name} />
        <label>Current password <input name="current" type="password" required autocomplete="current-password" /></label>
        <label>New password
          <input name="password" type="password" required minlength="8" maxlength="256" autocomplete="new-password" />
        </label>
        <div class="end"><button>Change password</button></div>
      </form>
      ${this.sessions.length > 0 ? html`<h3>Sessions</h3><div>${this.sessions.map((session) => this.#session(session))}</div>` : ''}
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : ''}
      <h3>Help</h3>
      <p><button class="link" @click=${() => tell(this, 'open-dialog', 'shortcuts')}>Keyboard shortcuts</button></p>`;
  }

  #themes() {
    const now = theme();
    return html`<div class="segments" role="radiogroup" aria-label="Appearance">
      ${THEMES.map(
        ([value, words]) => html`<label>
          <input type="radio" name="theme" .checked=${now === value} @change=${() => this.#choose(value)} />${words}
        </label>`,
      )}
    </div>`;
  }

  #invitations() {
    return html`<h3>Invite to this server</h3>
      <div class="form">
        <p class="hint">The link lets one person create an account within seven days.</p>
        ${this.invitation
          ? html`<parley-link label="Invitation" .address=${this.invitation}></parley-link>`
          : html`<div><button @click=${this.#invite}>Create a link</button></div>`}
      </div>`;
  }

  async #invite(): Promise<void> {
    const made = await this.#try(this.workspace.connection.call('invitations.create', {}));
    if (made) this.invitation = `${location.origin}/#/join/${made.code}`;
  }

  #session({ id, kind, createdAt, current }: Session) {
    return html`<div class="line">
      <span>Since ${shortly(createdAt)} <span class="hint">${current ? '· here' : `· ${kind}`}</span></span>
      ${current ? '' : html`<button class="link warn" @click=${() => this.#revoke(id)}>Sign out there</button>`}
    </div>`;
  }

  #choose(chosen: Theme): void {
    chooseTheme(chosen);
    this.requestUpdate();
  }

  async #loadSessions(): Promise<void> {
    // Without the list the rest of the settings still works.
    this.sessions = await this.workspace.connection.call('sessions.list', {}).then(({ items }) => items, () => []);
  }

  async #revoke(id: string): Promise<void> {
    await this.#try(this.workspace.connection.call('sessions.revoke', { id }));
    await this.#loadSessions();
  }

  async #rename(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const displayName = String(new FormData(event.target as HTMLFormElement).get('displayName')).trim();
    const done = await this.#try(this.workspace.connection.call('accounts.update', { displayName }));
    if (!done) return;
    this.workspace.session.renamed(done.account);
    this.workspace.toasts.note('Your name was saved.');
    this.requestUpdate();
  }

  async #changePassword(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const [current, password] = [String(fields.get('current')), String(fields.get('password'))];
    const done = await this.#try(this.workspace.connection.call('accounts.changePassword', { current, password }));
    if (!done) return;
    form.reset();
    this.workspace.toasts.note('Your password was changed.');
  }

  async #try<T>(work: Promise<T>): Promise<T | undefined> {
    this.wrong = '';
    try {
      return await work;
    } catch (error) {
      this.wrong = wordsOf(error);
      return undefined;
    }
  }
}
