import type { Connection } from './connection.js';

const SILENCE_MS = 25_000;
const ANSWER_MS = 8_000;

export interface Pulse {
  start(): void;
  stop(): void;
  heard(): void;
  check(): void;
}

/** A browser hides the server's pings, so a silent socket is asked whether it still lives. */
export function keepAlive(connection: Connection): Pulse {
  let timer = 0;
  let heardAt = 0;
  const check = (): void => {
    const askedAt = Date.now();
    connection.call('system.ping', {}, ANSWER_MS).catch(() => {
      if (connection.isOpen && heardAt < askedAt) connection.drop();
    });
  };
  return {
    check,
    start() {
      heardAt = Date.now();
      timer = window.setInterval(() => {
        if (Date.now() - heardAt > SILENCE_MS) check();
      }, 5_000);
    },
    stop() {
      clearInterval(timer);
    },
    heard() {
      heardAt = Date.now();
    },
  };
}
