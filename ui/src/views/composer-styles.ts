import { css } from 'lit';

export const composerStyles = css`
  :host {
    position: relative;
    display: block;
  }
  .box {
    display: flex;
    align-items: flex-end;
    gap: var(--s1);
    padding: 5px;
    border: 1px solid var(--line-strong);
    border-radius: var(--round-l);
    background: var(--raised);
    transition: border-color 0.12s;
  }
  .box:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .reply + .box {
    border-top-left-radius: 0;
    border-top-right-radius: 0;
  }
  textarea {
    flex: 1;
    min-height: 36px;
    padding: 6px var(--s3);
    border: 0;
    background: none;
    line-height: 1.5;
    resize: none;
  }
  /* The box around it shows the focus. */
  textarea:focus-visible {
    outline: none;
  }
  .send {
    background: var(--accent);
    color: var(--on-accent);
  }
  .send:hover:not(:disabled) {
    background: var(--accent-strong);
    color: var(--on-accent);
  }
  .send:disabled {
    background: none;
    color: var(--muted);
  }
  .reply {
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: var(--s1) var(--s1) var(--s1) var(--s3);
    border: 1px solid var(--line);
    border-bottom: 0;
    border-radius: var(--round-l) var(--round-l) 0 0;
    background: var(--sunken);
    color: var(--muted);
    font-size: var(--small);
  }
  .reply .clip {
    flex: 1;
  }
  .reply .icon {
    width: 30px;
    min-height: 30px;
  }
  .wrong {
    margin-top: var(--s2);
  }
  .mentions {
    position: absolute;
    left: 0;
    bottom: calc(100% + var(--s2));
    z-index: 3;
    width: min(22rem, 100%);
    padding: var(--s1);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--raised);
    box-shadow: var(--shadow);
    --avatar: 26px;
    --around: var(--raised);
  }
  .mentions li {
    display: flex;
    align-items: center;
    gap: var(--s2);
    padding: 5px var(--s2);
    border-radius: 7px;
    cursor: pointer;
  }
  .mentions li[aria-selected='true'] {
    background: var(--accent-soft);
  }
  @media (max-width: 720px) {
    .icon {
      width: 40px;
      min-height: 40px;
    }
    textarea {
      min-height: 40px;
      padding-block: 8px;
    }
  }
`;
