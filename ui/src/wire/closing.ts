/** What the page does after its socket was closed (WIRE §1). */
export type AfterClose = 'reconnect' | 'signed-out' | 'removed' | 'refused';

const RECONNECT = new Set([1001, 1006, 3001, 3008, 3012]);

export function afterClose(code: number): AfterClose {
  if (RECONNECT.has(code)) return 'reconnect';
  if (code === 3500 || code === 3502) return 'signed-out';
  if (code === 3503) return 'removed';
  // 1005 is a close without a code, which proxies send when they go away.
  return code >= 1002 && code <= 1009 && code !== 1005 ? 'refused' : 'reconnect';
}

const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/** Exponential, with "equal jitter" so that a restarted server is not met by everybody at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + random() * (ceiling / 2));
}
