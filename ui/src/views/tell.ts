export type Side = 'members' | 'search';
export type DialogName = 'jump' | 'room' | 'direct' | 'browse' | 'settings' | 'invite' | 'details' | 'shortcuts';

/** What a component asks of those around it, and what it says with it. */
export interface Wishes {
  'open-dialog': DialogName;
  'toggle-side': Side;
  'close-side': undefined;
  reply: string;
  'edit-message': string | null;
  'save-message': { id: string; content: string };
  'delete-message': string;
  react: { id: string; emoji: string; on: boolean };
  'show-message': string;
  'pick-emoji': { for: HTMLElement; picked: (emoji: string) => void };
  retry: string;
  discard: string;
  send: string;
  writing: boolean;
  'edit-last': undefined;
  'cancel-reply': undefined;
  stop: undefined;
  pick: string;
  close: undefined;
}

export function tell<N extends keyof Wishes>(from: EventTarget, name: N, detail: Wishes[N]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

export type Wish<N extends keyof Wishes> = CustomEvent<Wishes[N]>;
