import { css } from 'lit';

export const sidebarStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    background: var(--sunken);
    --around: var(--sunken);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: var(--s3) var(--s3) var(--s3) var(--s4);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--s2);
    border-radius: var(--round-s);
    font-size: var(--large);
    font-weight: 700;
    letter-spacing: -0.01em;
  }
  .jump {
    justify-content: space-between;
    margin: 0 var(--s3) var(--s2);
    padding: 0 var(--s2) 0 var(--s3);
    border-color: var(--line);
    background: var(--ground);
    color: var(--muted);
    font-weight: 400;
  }
  nav {
    flex: 1;
    min-height: 0;
    padding: 0 var(--s3) var(--s4);
    overflow-y: auto;
  }
  .section {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-top: var(--s4);
    padding-left: var(--s2);
  }
  h2 {
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 600;
    letter-spacing: 0.03em;
  }
  .section .icon {
    width: 28px;
    min-height: 28px;
  }
  .entry {
    display: flex;
    align-items: center;
    gap: var(--s2);
    width: 100%;
    min-height: 36px;
    padding: 0 var(--s2);
    border-radius: var(--round);
    color: var(--muted);
    --avatar: 24px;
  }
  @media (hover: hover) {
    .entry:hover {
      background: color-mix(in oklab, var(--text) 6%, transparent);
    }
  }
  .entry .clip {
    flex: 1;
  }
  .entry .mark,
  .entry.more svg {
    display: grid;
    place-items: center;
    width: 24px;
    color: var(--muted);
    opacity: 0.85;
  }
  .entry.unread {
    color: var(--text);
    font-weight: 600;
  }
  .entry[aria-current='page'] {
    background: var(--accent-soft);
    color: var(--text);
    --around: var(--accent-soft);
  }
  .entry[aria-current='page'] .mark {
    color: var(--accent);
  }
  .entry.more {
    justify-content: flex-start;
    border: 0;
    background: none;
    font-weight: 400;
  }
  .count {
    min-width: 22px;
    padding: 1px 7px;
    border-radius: 11px;
    background: color-mix(in oklab, var(--text) 12%, transparent);
    color: var(--text);
    font-size: var(--tiny);
    font-weight: 600;
    line-height: 20px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .count.urgent {
    background: var(--accent);
    color: var(--on-accent);
  }
  .me {
    justify-content: flex-start;
    gap: var(--s3);
    height: auto;
    padding: var(--s3) var(--s4);
    border: 0;
    border-top: 1px solid var(--line);
    border-radius: 0;
    background: none;
    color: var(--muted);
    text-align: left;
    font-weight: 400;
  }
  .me:focus-visible {
    outline-offset: -3px;
  }
  .who {
    display: grid;
    flex: 1;
    min-width: 0;
    line-height: 1.3;
    font-size: var(--tiny);
  }
  .who strong {
    color: var(--text);
    font-size: var(--small);
    font-weight: 600;
  }
  @media (max-width: 720px) {
    .entry {
      min-height: 44px;
    }
    .jump {
      min-height: 42px;
    }
    .jump kbd {
      display: none;
    }
    .section .icon {
      width: 40px;
      min-height: 40px;
    }
    .me {
      padding-bottom: max(var(--s3), env(safe-area-inset-bottom));
    }
  }
`;
