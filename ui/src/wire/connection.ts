import { Observable } from '../state/observable.js';
import { type AfterClose, afterClose, backoffMs } from './closing.js';
import { type RpcError, Unanswered, refusalOf } from './errors.js';
import type { ServerEvent } from './events.js';
import type { FunctionName, Params, Result } from './functions.js';
import { keepAlive } from './pulse.js';

const CALL_TIMEOUT_MS = 20_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** A socket that lived this long was a good one: the next attempt starts from the shortest wait again. */
const GOOD_AFTER_MS = 5_000;

export type Link =
  | { readonly phase: 'idle' | 'open' }
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'waiting'; readonly attempt: number; readonly until: number }
  | { readonly phase: 'ended'; readonly why: Exclude<AfterClose, 'reconnect'>; readonly code: number };

interface Frame {
  readonly id?: number;
  readonly method?: string;
  readonly params?: ServerEvent;
  readonly result?: unknown;
  readonly error?: RpcError;
}

interface Waiter {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: number;
}

/** JSON-RPC over a WebSocket that comes back by itself. What was asked on a lost socket is rejected as Unanswered. */
export class Connection extends Observable {
  link: Link = { phase: 'idle' };
  onEvent: (event: ServerEvent) => void = () => {};
  onOpen: () => void = () => {};

  #socket: WebSocket | undefined;
  #waiters = new Map<number, Waiter>();
  #lastId = 0;
  #attempt = 0;
  #openedAt = 0;
  #timer = 0;
  #pulse = keepAlive(this);

  /** `stillSignedIn` tells a refused handshake from a server that is away. */
  constructor(
    private readonly url: string,
    private readonly stillSignedIn: () => Promise<boolean>,
  ) {
    super();
  }

  get isOpen(): boolean {
    return this.link.phase === 'open';
  }

  connect(): void {
    clearTimeout(this.#timer);
    if (this.#socket) return;
    this.#become({ phase: 'connecting', attempt: this.#attempt });
    const socket = new WebSocket(this.url, 'parley.v1');
    this.#socket = socket;
    this.#timer = window.setTimeout(() => this.drop(), HANDSHAKE_TIMEOUT_MS);
    socket.onopen = () => this.#opened();
    socket.onmessage = (message) => this.#received(message.data as string);
    socket.onclose = (close) => this.#closed(close.code);
  }

  /** Stops without coming back. */
  disconnect(): void {
    this.#forget();
    this.#attempt = 0;
    this.#become({ phase: 'idle' });
  }

  /** Gives up a socket that no longer answers; a close handshake with a dead peer would take too long. */
  drop(): void {
    if (this.#socket) this.#closed(1006);
  }

  /** Does not wait for the end of the pause between two attempts. */
  hurry(): void {
    if (this.link.phase === 'waiting') this.connect();
    else if (this.isOpen) this.#pulse.check();
  }

  call<N extends FunctionName>(
    name: N,
    params: Params<N>,
    timeoutMs = CALL_TIMEOUT_MS,
  ): Promise<Result<N>> {
    const socket = this.#socket;
    if (!socket || !this.isOpen) return Promise.reject(new Unanswered('Not connected.'));
    const id = ++this.#lastId;
    return new Promise<Result<N>>((resolve, reject) => {
      const timer = window.setTimeout(() => {
        this.#waiters.delete(id);
        reject(new Unanswered('The server did not answer in time.'));
      }, timeoutMs);
      this.#waiters.set(id, { resolve: resolve as (result: unknown) => void, reject, timer });
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: name, params }));
    });
  }

  /** For what may be lost, such as "is typing". */
  notify<N extends FunctionName>(name: N, params: Params<N>): void {
    if (this.isOpen) this.#socket?.send(JSON.stringify({ jsonrpc: '2.0', method: name, params }));
  }

  #opened(): void {
    clearTimeout(this.#timer);
    this.#openedAt = Date.now();
    this.#pulse.start();
    this.#become({ phase: 'open' });
    this.onOpen();
  }

  #received(text: string): void {
    this.#pulse.heard();
    const parsed = JSON.parse(text) as Frame | Frame[];
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
      if (frame.method === 'event' && frame.params) this.onEvent(frame.params);
      else if (frame.id !== undefined) this.#answered(frame.id, frame);
    }
  }

  #answered(id: number, frame: Frame): void {
    const waiter = this.#waiters.get(id);
    if (!waiter) return;
    this.#waiters.delete(id);
    clearTimeout(waiter.timer);
    if (!frame.error) return waiter.resolve(frame.result);
    const refusal = refusalOf(frame.error);
    waiter.reject(refusal);
    if (refusal.type === 'unauthenticated') this.#end('signed-out', 3502);
  }

  #closed(code: number): void {
    const opened = this.isOpen;
    if (opened && Date.now() - this.#openedAt > GOOD_AFTER_MS) this.#attempt = 0;
    this.#forget();
    const next = afterClose(code);
    if (next !== 'reconnect') this.#end(next, code);
    else {
      this.#wait();
      if (!opened) this.#askWhether();
    }
  }

  #wait(): void {
    const pause = backoffMs(this.#attempt++);
    this.#timer = window.setTimeout(() => this.connect(), pause);
    this.#become({ phase: 'waiting', attempt: this.#attempt, until: Date.now() + pause });
  }

  #askWhether(): void {
    this.stillSignedIn().then(
      (yes) => {
        if (!yes && this.link.phase !== 'idle') this.#end('signed-out', 3502);
      },
      () => {},
    );
  }

  #end(why: Exclude<AfterClose, 'reconnect'>, code: number): void {
    this.#forget();
    this.#become({ phase: 'ended', why, code });
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#pulse.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    const waiters = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const waiter of waiters) {
      clearTimeout(waiter.timer);
      waiter.reject(new Unanswered('The connection was lost.'));
    }
  }

  #become(link: Link): void {
    this.link = link;
    this.changed();
  }
}
