import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Route, Where } from '../state/route.js';
import type { Session } from '../state/session.js';
import { wordsOf } from '../wire/errors.js';
import { logo } from './icons.js';
import { shared } from './shared.js';

type Form = 'sign-in' | 'register' | 'reset';

const TITLES: Readonly<Record<Form, string>> = {
  'sign-in': 'Welcome back',
  register: 'Create your account',
  reset: 'Choose a new password',
};
const BUTTONS: Readonly<Record<Form, string>> = { 'sign-in': 'Sign in', register: 'Create account', reset: 'Set password' };

/** Signing in, signing up and setting a new password. */
@customElement('parley-gate')
export class Gate extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto 1.4fr;
        justify-items: center;
        min-height: 100%;
        padding: var(--s5) var(--s4);
        background: var(--sunken);
      }
      main {
        grid-row: 2;
        width: min(24rem, 100%);
      }
      .brand {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: var(--s3);
        margin-bottom: var(--s5);
        font-size: 1.375rem;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      form {
        display: grid;
        gap: var(--s4);
        padding: var(--s6);
        border: 1px solid var(--line);
        border-radius: var(--round-l);
        background: var(--ground);
        box-shadow: var(--shadow);
      }
      h1 {
        font-size: 1.25rem;
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      h1 + p {
        margin-top: calc(-1 * var(--s3));
      }
      .other {
        margin-top: var(--s4);
        text-align: center;
        color: var(--muted);
      }
      @media (max-width: 480px) {
        form {
          padding: var(--s5);
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: Session;
  @property({ attribute: false }) route!: Route;
  @property({ attribute: false }) where!: Where;
  @state() private chosen: Form | undefined;
  @state() private wrong = '';
  @state() private busy = false;

  private get form(): Form {
    if (this.chosen) return this.chosen;
    if (this.where.name === 'register') return 'register';
    return this.where.name === 'reset' ? 'reset' : 'sign-in';
  }

  override render() {
    const { form } = this;
    return html`<main>
      <div class="brand">${logo(40)} Parley</div>
      <form @submit=${this.#submit} aria-busy=${this.busy}>
        <h1>${TITLES[form]}</h1>
        ${this.#intro()}
        ${form === 'reset' ? '' : this.#name()} ${form === 'register' ? this.#displayName() : ''} ${this.#password()}
        ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : ''}
        <button class="primary" ?disabled=${this.busy}>${BUTTONS[form]}</button>
      </form>
      <p class="other">${this.#other()}</p>
    </main>`;
  }

  #intro() {
    if (this.form !== 'register' || this.where.name !== 'register') return '';
    return html`<p class="hint">
      ${this.where.owner ? 'You are setting up this server: this account will own it.' : 'You have been invited to this server.'}
    </p>`;
  }

  #name() {
    return html`<label>Name
      <input name="name" required autofocus maxlength="64" pattern="[A-Za-z0-9._\\-]+" autocomplete="username"
        autocapitalize="none" spellcheck="false" title="Letters, digits, dot, dash and underscore" />
      ${this.form === 'register' ? html`<span class="hint">Others mention you by it: @name</span>` : ''}
    </label>`;
  }

  #displayName() {
    return html`<label>Display name <input name="displayName" maxlength="64" autocomplete="name" placeholder="Optional" /></label>`;
  }

  #password() {
    const fresh = this.form !== 'sign-in';
    return html`<label>Password
      <input name="password" type="password" required minlength=${fresh ? 8 : 1} maxlength="256"
        autocomplete=${fresh ? 'new-password' : 'current-password'} />
      ${fresh ? html`<span class="hint">At least 8 characters</span>` : ''}
    </label>`;
  }

  #other() {
    return this.form === 'sign-in'
      ? html`New here? <button class="link" type="button" @click=${() => this.#choose('register')}>Create an account</button>`
      : html`Have an account? <button class="link" type="button" @click=${() => this.#choose('sign-in')}>Sign in</button>`;
  }

  #choose(form: Form): void {
    this.chosen = form;
    this.wrong = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('input')?.focus());
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    this.busy = true;
    this.wrong = '';
    try {
      await this.#enter((name) => String(fields.get(name) ?? '').trim(), String(fields.get('password') ?? ''));
      if (this.where.name === 'register' || this.where.name === 'reset') this.route.replace('#/');
    } catch (error) {
      this.wrong = wordsOf(error);
    } finally {
      this.busy = false;
    }
  }

  #enter(field: (name: string) => string, password: string): Promise<void> {
    const { where, session } = this;
    if (this.form === 'sign-in') return session.signIn(field('name'), password);
    if (this.form === 'reset') return session.resetPassword(where.name === 'reset' ? where.code : '', password);
    const displayName = field('displayName');
    return session.register({
      name: field('name'),
      password,
      ...(displayName ? { displayName } : {}),
      ...(where.name === 'register' ? { invitation: where.invitation } : {}),
    });
  }
}
