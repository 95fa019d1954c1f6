import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Something that tells its watchers when it has changed; they look for themselves at what. */
export class Observable {
  readonly #watchers = new Set<() => void>();

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Updates its host whenever one of the things it shows changes, also when the things are exchanged. */
export class Watch implements ReactiveController {
  #watched: readonly (Observable | undefined)[] = [];
  #unwatch: (() => void)[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly things: () => readonly (Observable | undefined)[],
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const things = this.things();
    if (things.length === this.#watched.length && things.every((thing, i) => thing === this.#watched[i])) return;
    this.hostDisconnected();
    this.#watched = things;
    this.#unwatch = things.flatMap((thing) => (thing ? [thing.watch(() => this.host.requestUpdate())] : []));
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const unwatch of this.#unwatch) unwatch();
    this.#unwatch = [];
    this.#watched = [];
  }
}
