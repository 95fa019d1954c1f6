import { LitElement, html, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Watch } from '../state/observable.js';
import type { Timeline } from '../state/timeline.js';
import type { Workspace } from '../state/workspace.js';
import { plural, shownName } from '../text/names.js';
import { clock } from '../text/time.js';
import { wordsOf } from '../wire/errors.js';
import type { Actor, Feelings, Measure } from '../wire/shapes.js';
import { face } from './icons.js';
import { moodStyles } from './mood-styles.js';
import { shared } from './shared.js';

/** A number between `from` and 1, and how it comes about. */
interface Side {
  readonly name: string;
  readonly from: -1 | 0;
  readonly value: number;
  readonly shown: string;
  readonly why: string;
}

/** How a persona feels, and what it thinks of whoever looks; read again after each of its messages. */
@customElement('parley-mood')
export class MoodView extends LitElement {
  static override styles = [shared, moodStyles];

  @property({ attribute: false }) workspace!: Workspace;
  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) persona!: Actor;
  @state() private feelings: Feelings | undefined;
  @state() private wrong = '';
  readonly watch = new Watch(this, () => [this.timeline]);
  /** The last of its messages when its feelings were read; nothing before that. */
  #readAfter: string | undefined;

  override willUpdate(): void {
    const last = this.timeline.items.findLast(({ sender }) => sender.id === this.persona.id)?.id ?? '';
    if (last === this.#readAfter) return;
    this.#readAfter = last;
    void this.#read(last);
  }

  async #read(after: string): Promise<void> {
    try {
      const feelings = await this.workspace.connection.call('personas.mood', { persona: this.persona.id });
      if (after === this.#readAfter) this.feelings = feelings;
    } catch (error) {
      this.wrong = wordsOf(error);
    }
  }

  override render() {
    const { feelings, wrong } = this;
    if (!feelings) return wrong ? html`<section class="muted">${wrong}</section>` : '';
    const { mood, energy, availableAt, relationship } = feelings;
    const { affinity, trust, respect, familiarity } = relationship;
    const name = shownName(this.persona);
    return html`<section aria-label="How ${name} feels">
      <p class="now">
        ${face(mood.value)}
        <span>
          <strong>${mood.word.charAt(0).toUpperCase()}${mood.word.slice(1)} mood</strong>
          <span class="muted">${availableAt ? `Rests from you until ${clock(availableAt)}` : 'The same toward everybody'}</span>
        </span>
      </p>
      ${side({ ...opinion('Mood', mood), shown: signed(mood.value, 1) })}
      ${side({ name: 'Energy', from: 0, value: energy, shown: `${Math.round(100 * energy)} %`, why: ENERGY })}
      <h4>What ${name} thinks of you</h4>
      ${side(opinion('Affinity', affinity))} ${side(opinion('Trust', trust))} ${side(opinion('Respect', respect))}
      ${side({ name: 'Familiarity', from: 0, value: familiarity.value, shown: familiarity.value.toFixed(2), why: familiarity.formula })}
      <p class="counts muted">${counted(relationship.counts)}</p>
    </section>`;
  }
}

const ENERGY = 'What strength it has left for you: each answer takes some, and time brings it back.';

const signed = (value: number, digits: number): string =>
  `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${Math.abs(value).toFixed(digits)}`;

const opinion = (name: string, { value, formula }: Measure): Side =>
  ({ name, from: -1, value, shown: signed(value, 2), why: formula });

function counted({ messages, kind, unkind, thanks }: Feelings['relationship']['counts']): string {
  if (messages === 0) return 'It has answered nothing of yours yet.';
  const some = [kind && `${kind} kind`, unkind && `${unkind} unkind`, thanks && `${thanks} with thanks`].filter(Boolean);
  return `By ${plural(messages, 'message')} of yours${some.length > 0 ? `: ${some.join(', ')}` : ''}.`;
}

function side({ name, from, value, shown, why }: Side) {
  const percent = (at: number): number => (100 * (at - from)) / (1 - from);
  const start = percent(Math.min(0, value));
  return html`<details name="why">
    <summary>
      <span>${name}</span>
      <svg class="bar" aria-hidden="true">
        <rect width="100%" height="100%" rx="3"></rect>
        <rect class=${value < 0 ? 'bad' : 'good'} x="${start}%" width="${percent(Math.max(0, value)) - start}%" height="100%" rx="3"></rect>
        ${from < 0 ? svg`<line x1="50%" x2="50%" y1="-2" y2="8"></line>` : ''}
      </svg>
      <span class="value">${shown}</span>
    </summary>
    <p>${why}</p>
  </details>`;
}
