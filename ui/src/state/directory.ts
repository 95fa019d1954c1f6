import type { Connection } from '../wire/connection.js';
import type { Actor } from '../wire/shapes.js';
import { shownName } from '../text/names.js';

export interface Someone extends Actor {
  readonly description?: string;
}

/** Accounts whose name begins with a text, and personas whose name contains it. */
export async function someone(connection: Connection, text: string): Promise<readonly Someone[]> {
  const [accounts, personas] = await Promise.all([
    connection.call('accounts.list', { limit: 20, ...(text ? { query: text } : {}) }),
    // A server may have no personas, or not let everybody see them: then there are none to write to.
    connection.call('personas.list', { limit: 100 }).catch(() => ({ items: [] })),
  ]);
  const wanted = text.toLowerCase();
  const named = personas.items.filter(
    (persona) => persona.name.toLowerCase().includes(wanted) || shownName(persona).toLowerCase().includes(wanted),
  );
  return [
    ...named.map((persona) => ({ ...persona, kind: 'persona' as const })),
    ...accounts.items.map(({ id, name, displayName }) => ({
      kind: 'account' as const, id, name, ...(displayName ? { displayName } : {}),
    })),
  ];
}
