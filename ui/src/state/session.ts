import { Refusal } from '../wire/errors.js';
import { get, post, remove } from '../wire/http.js';
import type { AfterClose } from '../wire/closing.js';
import type { Account } from '../wire/shapes.js';
import { Observable } from './observable.js';

export type Signed =
  | { readonly phase: 'starting' | 'unreachable' | 'out' }
  | { readonly phase: 'in'; readonly account: Account }
  | { readonly phase: 'ended'; readonly why: Exclude<AfterClose, 'reconnect'>; readonly code: number };

export interface Registration {
  readonly name: string;
  readonly password: string;
  readonly displayName?: string;
  readonly invitation?: string;
}

/** Who is signed in. The token itself stays in a cookie that scripts cannot read. */
export class Session extends Observable {
  signed: Signed = { phase: 'starting' };

  async start(): Promise<void> {
    try {
      this.#become({ phase: 'in', account: await me() });
    } catch (error) {
      if (error instanceof Refusal && error.type === 'unauthenticated') return this.#become({ phase: 'out' });
      this.#become({ phase: 'unreachable' });
      setTimeout(() => void this.start(), 3_000);
    }
  }

  async register(registration: Registration): Promise<void> {
    await post('/api/accounts', registration);
    await this.signIn(registration.name, registration.password);
  }

  async signIn(name: string, password: string): Promise<void> {
    const { account } = await post<{ account: Account }>('/api/sessions', { name, password, cookie: true });
    this.#become({ phase: 'in', account });
  }

  async resetPassword(code: string, password: string): Promise<void> {
    const { account } = await post<{ account: Account }>('/api/call/accounts.usePasswordReset', { code, password });
    await this.signIn(account.name, password);
  }

  async signOut(): Promise<void> {
    try {
      await remove('/api/sessions/current');
    } catch (error) {
      if (!(error instanceof Refusal && error.type === 'unauthenticated')) throw error;
    }
    this.#become({ phase: 'out' });
  }

  ended(why: Exclude<AfterClose, 'reconnect'>, code: number): void {
    this.#become({ phase: 'ended', why, code });
  }

  renamed(account: Account): void {
    this.#become({ phase: 'in', account });
  }

  toSignIn(): void {
    this.#become({ phase: 'out' });
  }

  #become(signed: Signed): void {
    this.signed = signed;
    this.changed();
  }
}

async function me(): Promise<Account> {
  return (await get<{ account: Account }>('/api/accounts/me')).account;
}

/** False only if the server says so; a server that is away leaves the question open. */
export async function stillSignedIn(): Promise<boolean> {
  try {
    await me();
    return true;
  } catch (error) {
    return !(error instanceof Refusal && error.type === 'unauthenticated');
  }
}
