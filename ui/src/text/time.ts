/** The page speaks English; a visitor from elsewhere still expects a 24-hour clock and the day before the month. */
const LOCALE = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' });
const SHORT = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const FULL = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'medium' });

const midnight = (time: Date): number => new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
const daysAgo = (time: Date): number => Math.round((midnight(new Date()) - midnight(time)) / 86_400_000);

export const clock = (at: string): string => CLOCK.format(new Date(at));
export const full = (at: string): string => FULL.format(new Date(at));
export const sameDay = (a: string, b: string): boolean => midnight(new Date(a)) === midnight(new Date(b));

export function day(at: string): string {
  const time = new Date(at);
  const ago = daysAgo(time);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  return ago > 0 && ago < 180 ? DAY.format(time) : DAY_AND_YEAR.format(time);
}

/** For lists: the time today, else the day. */
export function shortly(at: string): string {
  return daysAgo(new Date(at)) === 0 ? clock(at) : SHORT.format(new Date(at));
}
