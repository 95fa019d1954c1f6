import type { Connection } from '../wire/connection.js';
import { Activity, type Presence } from './activity.js';
import { Roster } from './roster.js';
import { Timeline } from './timeline.js';

/** Everything that the page holds of a conversation that was opened. */
export interface Opened {
  readonly timeline: Timeline;
  readonly roster: Roster;
  readonly activity: Activity;
}

const MOST = 8;

/** The conversations opened last stay subscribed, so that going back to one shows it at once. */
export class OpenedConversations {
  readonly #opened = new Map<string, Opened>();

  constructor(
    private readonly connection: Connection,
    private readonly presence: Presence,
  ) {}

  get(id: string): Opened | undefined {
    return this.#opened.get(id);
  }

  open(id: string): Opened {
    const opened = this.#opened.get(id) ?? {
      timeline: new Timeline(this.connection, id),
      roster: new Roster(this.connection, this.presence, id),
      activity: new Activity(),
    };
    this.#opened.delete(id);
    this.#opened.set(id, opened);
    for (const oldest of [...this.#opened.keys()].slice(0, -MOST)) this.close(oldest);
    return opened;
  }

  close(id: string): void {
    this.#opened.get(id)?.timeline.close();
    this.#opened.delete(id);
  }

  async resume(): Promise<void> {
    await Promise.all(
      [...this.#opened.values()].flatMap(({ timeline, roster, activity }) => {
        activity.clear();
        return [timeline.resume(), ...(roster.loaded ? [roster.load()] : [])];
      }),
    );
  }
}
