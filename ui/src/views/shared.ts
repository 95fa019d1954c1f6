import { css } from 'lit';

/** What every component starts from: box model, focus ring, buttons, fields. */
export const shared = css`
  :host,
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--muted);
  }
  .clip {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--s2);
    min-height: 36px;
    padding: 0 var(--s4);
    border: 1px solid var(--line-strong);
    border-radius: var(--round);
    background: var(--raised);
    cursor: pointer;
    font-weight: 500;
    transition: background-color 0.12s, border-color 0.12s;
  }
  button:hover {
    background: var(--hover);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
  }
  button.danger {
    border-color: transparent;
    background: var(--danger);
    color: var(--ground);
  }
  button.plain {
    border-color: transparent;
    background: transparent;
  }
  button.plain:hover {
    background: var(--hover);
  }
  button.icon {
    width: 36px;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--muted);
  }
  button.icon:hover {
    background: var(--hover);
    color: var(--text);
  }
  button.icon[aria-pressed='true'] {
    background: var(--accent-soft);
    color: var(--accent);
  }
  button.link {
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: var(--round-s);
    background: none;
    color: var(--accent);
  }
  button.link:hover {
    text-decoration: underline;
  }

  input:not([type='radio']),
  textarea,
  select {
    width: 100%;
    min-height: 40px;
    padding: var(--s2) var(--s3);
    border: 1px solid var(--line-strong);
    border-radius: var(--round);
    background: var(--ground);
  }
  input::-webkit-search-cancel-button {
    display: none;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  input:focus-visible,
  textarea:focus-visible,
  select:focus-visible {
    outline-offset: -1px;
    border-color: var(--accent);
  }
  label {
    display: grid;
    gap: var(--s1);
    font-size: var(--small);
    font-weight: 500;
  }
  label > input {
    font-size: var(--body);
    font-weight: 400;
  }
  .hint {
    color: var(--muted);
    font-size: var(--small);
    font-weight: 400;
  }
  .wrong {
    padding: var(--s2) var(--s3);
    border-radius: var(--round);
    background: var(--danger-soft);
    color: var(--danger);
    font-size: var(--small);
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: var(--round-s);
    background: var(--ground);
    color: var(--muted);
    font: 500 var(--tiny) / 1.4 var(--font);
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation-duration: 1ms !important;
      transition-duration: 1ms !important;
    }
  }
  /* Under 16 px iOS zooms into a field. */
  @media (pointer: coarse) {
    input,
    textarea {
      font-size: 16px !important;
    }
  }
`;
