import { wordsOf } from '../wire/errors.js';
import { Observable } from './observable.js';

export interface Toast {
  readonly id: number;
  readonly kind: 'error' | 'note';
  readonly text: string;
  readonly link?: string;
}

const SHOWN_MS = { note: 4_000, error: 8_000 };

/** Short words at the edge of the page. The same words twice are shown once. */
export class Toasts extends Observable {
  items: readonly Toast[] = [];
  #lastId = 0;

  note(text: string, link?: string): void {
    this.#show({ id: ++this.#lastId, kind: 'note', text, ...(link ? { link } : {}) });
  }

  error(error: unknown): void {
    this.#show({ id: ++this.#lastId, kind: 'error', text: wordsOf(error) });
  }

  /** Runs something and shows why it failed, if it does. */
  async guard<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.error(error);
      return undefined;
    }
  }

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
    this.changed();
  }

  #show(toast: Toast): void {
    this.items = [...this.items.filter((other) => other.text !== toast.text), toast].slice(-4);
    this.changed();
    setTimeout(() => this.dismiss(toast.id), SHOWN_MS[toast.kind]);
  }
}
