import { Observable } from './observable.js';

export type Where =
  | { readonly name: 'home' }
  | { readonly name: 'conversation'; readonly id: string; readonly seq?: number }
  | { readonly name: 'register'; readonly invitation: string; readonly owner: boolean }
  | { readonly name: 'reset'; readonly code: string };

/** Where the page is, as its fragment says. */
export class Route extends Observable {
  where: Where = parse(location.hash);

  constructor() {
    super();
    window.addEventListener('hashchange', () => {
      this.where = parse(location.hash);
      this.changed();
    });
  }

  go(hash: string): void {
    location.hash = hash;
  }

  /** Leaves no way back: a used invitation or code is of no use to the back button. */
  replace(hash: string): void {
    location.replace(hash);
  }
}

export const pathTo = (conversation: string, seq?: number): string =>
  `#/c/${encodeURIComponent(conversation)}${seq === undefined ? '' : `/${seq}`}`;

export function parse(hash: string): Where {
  const [, name, id, seq] = hash.split('/').map(decode);
  if (!id) return { name: 'home' };
  if (name === 'c') return { name: 'conversation', id, ...(seq && /^\d+$/.test(seq) ? { seq: Number(seq) } : {}) };
  if (name === 'owner' || name === 'join') return { name: 'register', invitation: id, owner: name === 'owner' };
  if (name === 'reset') return { name: 'reset', code: id };
  return { name: 'home' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
