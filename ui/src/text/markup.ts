import { type TemplateResult, html } from 'lit';

type Piece = TemplateResult | string;

/** What a text may refer to: the names of the members and which of them is the reader. */
export interface Names {
  readonly known: ReadonlySet<string>;
  readonly own: string;
}

const BLOCK = /```(?:[\w+-]*\n)?([\s\S]*?)```\n?/;
const INLINE = new RegExp(
  [
    '`([^`\\n]+)`',
    '(https?:\\/\\/[^\\s<>"\'`]+)',
    '\\*\\*(?=\\S)([^*\\n]+)(?<=\\S)\\*\\*',
    '(?<![\\w*])\\*(?=\\S)([^*\\n]+)(?<=\\S)\\*(?![\\w*])',
    '(?<![\\w_])_(?=\\S)([^_\\n]+)(?<=\\S)_(?![\\w_])',
    '(?<![\\w@.])@([A-Za-z0-9._-]{1,64})',
  ].join('|'),
);

/** Light markup: code, links, bold, italic, mentions. Everything else is text, and lit escapes it. */
export function markup(text: string, names: Names): Piece[] {
  return split(text, BLOCK, (match) => html`<pre><code>${match[1]?.replace(/\n$/, '')}</code></pre>`, (rest) =>
    inline(rest, names),
  );
}

function inline(text: string, names: Names): Piece[] {
  return split(text, INLINE, (match) => styled(match, names), (rest) => [rest]);
}

function styled([whole, code, url, bold, star, underscore, mention]: RegExpExecArray, names: Names): Piece | Piece[] {
  if (code !== undefined) return html`<code>${code}</code>`;
  if (url !== undefined) return link(url);
  if (bold !== undefined) return html`<strong>${inline(bold, names)}</strong>`;
  const italic = star ?? underscore;
  if (italic !== undefined) return html`<em>${inline(italic, names)}</em>`;
  return mentioned(mention ?? '', whole, names);
}

/** A sentence's full stop, or the bracket around an address, is not part of it. */
function link(url: string): Piece[] {
  let address = url.replace(/[.,;:!?*_]+$/, '');
  if (address.endsWith(')') && !address.includes('(')) address = address.slice(0, -1);
  if (!URL.canParse(address)) return [url];
  const a = html`<a href=${address} target="_blank" rel="noopener noreferrer">${address}</a>`;
  return [a, url.slice(address.length)];
}

function mentioned(name: string, whole: string, { known, own }: Names): Piece | Piece[] {
  // "@ann." at the end of a sentence means ann.
  const who = [name, name.replace(/[._-]+$/, '')].find((candidate) => known.has(candidate.toLowerCase()));
  if (who === undefined) return whole;
  const kind = who.toLowerCase() === own.toLowerCase() ? 'mention own' : 'mention';
  return [html`<span class=${kind}>@${who}</span>`, name.slice(who.length)];
}

function split(
  text: string,
  pattern: RegExp,
  found: (match: RegExpExecArray) => Piece | Piece[],
  between: (rest: string) => Piece[],
): Piece[] {
  const pieces: Piece[] = [];
  const matcher = new RegExp(pattern, 'g');
  let from = 0;
  for (let match = matcher.exec(text); match; match = matcher.exec(text)) {
    if (match.index > from) pieces.push(...between(text.slice(from, match.index)));
    pieces.push(...[found(match)].flat());
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(...between(text.slice(from)));
  return pieces;
}

/** One line for previews and for what a screen reader is told. */
export const plain = (text: string, most = 140): string => {
  const line = text.replace(/```[\w+-]*\n?/g, '').replace(/(\*\*|`)/g, '').replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};

/** Up to six emoji and nothing else. */
export const onlyEmoji = (text: string): boolean =>
  /^(?:\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|[\ufe0f\u{1f3fb}-\u{1f3ff}])*\s*){1,6}$/u.test(text.trim());
