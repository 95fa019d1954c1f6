import { css } from 'lit';

export const messageStyles = css`
  :host {
    position: relative;
    display: block;
    padding: var(--s2) var(--s5) var(--s1);
    border-left: 3px solid transparent;
  }
  :host([grouped]) {
    padding-block: 1px;
  }
  :host(:focus-within),
  :host(:focus) {
    background: color-mix(in oklab, var(--text) 3.5%, transparent);
  }
  @media (hover: hover) {
    :host(:hover) {
      background: color-mix(in oklab, var(--text) 3.5%, transparent);
    }
    :host(:hover) time.side {
      opacity: 1;
    }
  }
  :host(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  :host([mentions-me]) {
    border-left-color: var(--mention-line);
    background: var(--mention);
  }
  :host([sought]) {
    animation: sought 2.4s ease-out;
  }
  :host([editing]) {
    background: var(--accent-soft);
  }
  :host([pending]) .text {
    opacity: 0.6;
  }
  .row {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: var(--s3);
  }
  parley-avatar {
    margin-top: 3px;
  }
  .heading {
    display: flex;
    align-items: baseline;
    gap: var(--s2);
    line-height: 1.4;
  }
  .heading strong {
    overflow: hidden;
    font-weight: 650;
    text-overflow: ellipsis;
  }
  .badge {
    padding: 0 5px;
    border-radius: 4px;
    background: var(--accent-soft);
    color: var(--accent);
    font-size: 0.6875rem;
    font-weight: 650;
    line-height: 1.5;
  }
  time {
    color: var(--muted);
    font-size: var(--tiny);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  time.side {
    margin-inline: -6px;
    padding-top: 3px;
    font-size: 0.6875rem;
    text-align: center;
    opacity: 0;
  }
  :host(:focus-within) time.side {
    opacity: 1;
  }
  .text {
    max-width: 52rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .text.emoji {
    font-size: 2rem;
    line-height: 1.25;
  }
  .text.gone {
    color: var(--muted);
    font-style: italic;
  }
  .edited {
    color: var(--muted);
    font-size: var(--tiny);
  }
  .text a {
    color: var(--accent);
    text-decoration: underline;
    text-decoration-color: color-mix(in oklab, var(--accent) 40%, transparent);
    text-underline-offset: 2px;
  }
  .text a:hover {
    text-decoration-color: currentColor;
  }
  code {
    padding: 1px 5px;
    border-radius: 5px;
    background: color-mix(in oklab, var(--text) 8%, transparent);
    font: 0.875em/1.45 var(--mono);
  }
  pre {
    margin: var(--s1) 0;
    padding: var(--s3);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--sunken);
    overflow-x: auto;
  }
  pre code {
    padding: 0;
    background: none;
    white-space: pre;
  }
  .mention {
    padding: 0 3px;
    border-radius: 4px;
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 500;
  }
  .mention.own {
    background: var(--mention-line);
    color: #2b2208;
  }
  .quote {
    position: relative;
    justify-content: flex-start;
    gap: var(--s2);
    width: calc(100% - 48px);
    min-height: 24px;
    margin: 2px 0 2px 48px;
    padding: 0 var(--s2);
    border: 0;
    background: none;
    color: var(--muted);
    font-size: var(--small);
    font-weight: 400;
    text-align: left;
  }
  .quote::before {
    content: '';
    position: absolute;
    left: -31px;
    top: 11px;
    width: 27px;
    height: 12px;
    border: 2px solid var(--line-strong);
    border-width: 2px 0 0 2px;
    border-top-left-radius: 8px;
  }
  .quote strong {
    flex: none;
    font-weight: 600;
  }
  .quote:disabled {
    opacity: 1;
  }
  .fate {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s2);
    color: var(--muted);
    font-size: var(--tiny);
  }
  .fate.refused {
    color: var(--danger);
  }
  @keyframes sought {
    0%,
    40% {
      background: var(--mention);
    }
  }
  @media (max-width: 720px) {
    :host {
      padding-inline: var(--s4);
    }
  }
`;
