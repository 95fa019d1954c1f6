import type { ReactiveController, ReactiveControllerHost } from 'lit';

const NEAR_END_PX = 48;

/**
 * Keeps what one reads where it is while rows are added above or grow. At the end it stays at the end, otherwise the
 * first visible row keeps its place. It acts on resizes of the content, which come after layout and before paint, so
 * nothing jumps, whatever made the content change.
 */
export class ScrollAnchor implements ReactiveController {
  atEnd = true;
  #held: { readonly row: HTMLElement; readonly offset: number } | undefined;
  #observer: ResizeObserver | undefined;
  #height = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly scroller: () => HTMLElement | null,
    private readonly content: () => HTMLElement | null,
    /** Called when the content has its size and its place. */
    private readonly settled: () => void,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const scroller = this.scroller();
    const content = this.content();
    if (this.#observer || !scroller || !content) return;
    this.#observer = new ResizeObserver(() => {
      this.#keep();
      this.settled();
    });
    this.#observer.observe(scroller);
    this.#observer.observe(content);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  toEnd(): void {
    this.atEnd = true;
    this.#held = undefined;
    this.#keep();
  }

  /** Puts a row at a distance from the upper edge and keeps it there. */
  hold(row: HTMLElement, offset: number): void {
    this.atEnd = false;
    this.#held = { row, offset };
    this.#keep();
    // Near the end the row cannot reach that distance, and a scroller that did not move sends no event.
    requestAnimationFrame(() => requestAnimationFrame(() => this.scrolled()));
  }

  /** False if the scroller has still to be put in its place. */
  scrolled(): boolean {
    const scroller = this.scroller();
    // Content that has just changed is put in its place right after this event; where it is now says nothing.
    if (!scroller || scroller.scrollHeight !== this.#height) return false;
    const was = this.atEnd;
    this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
    this.#held = this.atEnd ? undefined : this.#firstVisible(scroller);
    if (was !== this.atEnd) this.host.requestUpdate();
    return true;
  }

  #firstVisible(scroller: HTMLElement): { row: HTMLElement; offset: number } | undefined {
    for (const row of this.content()?.children ?? []) {
      if (!(row instanceof HTMLElement)) continue;
      const offset = row.offsetTop - scroller.scrollTop;
      if (offset + row.offsetHeight > 0) return { row, offset };
    }
    return undefined;
  }

  #keep(): void {
    const scroller = this.scroller();
    if (!scroller) return;
    if (this.atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (this.#held?.row.isConnected) scroller.scrollTop = this.#held.row.offsetTop - this.#held.offset;
    this.#height = scroller.scrollHeight;
  }
}
