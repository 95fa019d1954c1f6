import { LitElement, css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Watch } from './state/observable.js';
import { Route } from './state/route.js';
import { Session } from './state/session.js';
import { Toasts } from './state/toasts.js';
import { Workspace } from './state/workspace.js';
import './views/ended.js';
import './views/gate.js';
import './views/shell.js';
import './views/toasts.js';

/** The whole page: the gate, the rooms behind it, or why neither can be shown. */
@customElement('parley-app')
export class App extends LitElement {
  static override styles = css`
    :host,
    parley-shell {
      display: block;
      height: 100%;
    }
  `;

  readonly session = new Session();
  readonly toasts = new Toasts();
  readonly route = new Route();
  readonly watch = new Watch(this, () => [this.session, this.route]);
  #workspace: Workspace | undefined;

  override firstUpdated(): void {
    void this.session.start();
  }

  override willUpdate(): void {
    const { signed } = this.session;
    if (signed.phase === 'in') {
      this.#workspace ??= new Workspace(signed.account, this.session, this.toasts, this.route);
      this.#workspace.me = signed.account;
      if (this.route.where.name === 'register' || this.route.where.name === 'reset') this.#alreadyIn();
    } else {
      this.#workspace?.close();
      this.#workspace = undefined;
    }
  }

  override render() {
    return html`${this.#screen()}<parley-toasts .toasts=${this.toasts}></parley-toasts>`;
  }

  #screen() {
    const { signed } = this.session;
    const { where } = this.route;
    if (signed.phase === 'out') {
      return html`<parley-gate .session=${this.session} .route=${this.route} .where=${where}></parley-gate>`;
    }
    if (signed.phase === 'in') return html`<parley-shell .workspace=${this.#workspace} .where=${where}></parley-shell>`;
    return html`<parley-ended .session=${this.session} .signed=${signed}></parley-ended>`;
  }

  #alreadyIn(): void {
    this.route.replace('#/');
  }
}
