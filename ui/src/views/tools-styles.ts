import { css } from 'lit';

/** Reactions under a message and the actions that appear over it. */
export const toolsStyles = css`
  .glyph {
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--font);
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s1);
    margin: var(--s1) 0;
  }
  .chip {
    gap: 5px;
    min-height: 26px;
    padding: 0 var(--s2);
    border-color: var(--line);
    border-radius: 13px;
    background: var(--ground);
    font-size: var(--tiny);
    font-variant-numeric: tabular-nums;
  }
  .chip .glyph {
    font-size: 0.875rem;
  }
  .chip:disabled {
    opacity: 1;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent);
  }
  .chip.add {
    color: var(--muted);
    opacity: 0;
  }
  :host(:focus-within) .chip.add {
    opacity: 1;
  }
  @media (hover: hover) {
    :host(:hover) .chip.add {
      opacity: 1;
    }
  }
  .chip.add svg {
    width: 15px;
  }
  .tools {
    position: absolute;
    top: -16px;
    right: var(--s5);
    z-index: 1;
    display: flex;
    padding: 2px;
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
    box-shadow: 0 2px 8px rgb(0 0 0 / 8%);
    visibility: hidden;
  }
  :host(:hover) .tools,
  :host(:focus-within) .tools,
  :host(:focus) .tools {
    visibility: visible;
  }
  .tools button {
    width: 32px;
    min-height: 30px;
    border-radius: 7px;
  }
  @media (max-width: 720px) {
    .tools {
      right: var(--s3);
    }
    .tools button {
      width: 38px;
      min-height: 38px;
    }
  }
  /* Where nothing hovers, a touch focuses the message, and that shows its tools. */
  @media (hover: none) {
    :host(:hover:not(:focus, :focus-within)) .tools {
      visibility: hidden;
    }
  }
`;
