import { css } from 'lit';

export const conversationStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    min-width: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--s1);
    min-height: 60px;
    padding: var(--s2) var(--s4) var(--s2) var(--s5);
    border-bottom: 1px solid var(--line);
    --avatar: 34px;
  }
  .back {
    display: none;
    place-items: center;
    width: 40px;
    height: 40px;
    margin-left: calc(-1 * var(--s2));
    border-radius: var(--round);
    color: var(--muted);
  }
  .mark {
    display: grid;
    place-items: center;
    width: 34px;
    height: 34px;
    border-radius: var(--round);
    background: var(--accent-soft);
    color: var(--accent);
  }
  .title {
    flex: 1;
    min-width: 0;
    margin-left: var(--s2);
    line-height: 1.35;
  }
  h1 {
    font-size: var(--body);
    font-weight: 650;
  }
  .title p {
    font-size: var(--tiny);
  }
  footer {
    padding: 0 var(--s5);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--s2) var(--s4);
    padding: var(--s3);
    border: 1px solid var(--line);
    border-radius: var(--round-l);
    background: var(--sunken);
    color: var(--muted);
  }
  .bar strong {
    color: var(--text);
  }
  .failed {
    grid-row: 1 / -1;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--s3);
    padding: var(--s5);
    text-align: center;
  }
  .failed h1 {
    font-size: 1.25rem;
  }
  .failed a {
    color: var(--accent);
  }
  @media (max-width: 720px) {
    header {
      padding-inline: var(--s3) var(--s2);
    }
    .back {
      display: grid;
    }
    .icon {
      width: 40px;
      min-height: 40px;
    }
    .icon.wide {
      display: none;
    }
    footer {
      padding: 0 var(--s3);
      padding-bottom: env(safe-area-inset-bottom);
    }
  }
`;
