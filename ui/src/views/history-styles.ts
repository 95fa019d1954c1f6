import { css } from 'lit';

export const historyStyles = css`
  :host {
    position: relative;
    display: block;
    min-height: 0;
  }
  .scroller {
    height: 100%;
    overflow-x: hidden;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .content {
    position: relative;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
    padding: var(--s4) 0 var(--s2);
  }
  .wait {
    padding: var(--s4);
    color: var(--muted);
    font-size: var(--small);
    text-align: center;
  }
  .beginning {
    padding: var(--s6) var(--s5) var(--s4);
    --avatar: 52px;
  }
  .beginning h2 {
    margin-top: var(--s3);
    font-size: 1.375rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .mark {
    display: grid;
    place-items: center;
    width: 52px;
    height: 52px;
    border-radius: var(--round-l);
    background: var(--accent-soft);
    color: var(--accent);
  }
  .mark svg {
    width: 26px;
    height: 26px;
  }
  .day,
  .new {
    display: flex;
    align-items: center;
    gap: var(--s3);
    margin: var(--s4) var(--s5) var(--s1);
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 500;
  }
  .day::before,
  .day::after,
  .new::before {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .new {
    margin-block: var(--s2);
    color: var(--danger);
    font-weight: 600;
  }
  .new::before {
    background: var(--danger);
    opacity: 0.5;
  }
  .draft {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: var(--s3);
    padding: var(--s2) var(--s5);
  }
  .draft p {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .draft i {
    display: inline-block;
    width: 7px;
    height: 1em;
    margin-left: 2px;
    border-radius: 2px;
    background: var(--accent);
    vertical-align: -2px;
    animation: blink 1s steps(2) infinite;
  }
  .newest {
    position: absolute;
    left: 50%;
    bottom: var(--s3);
    min-height: 34px;
    border-color: var(--line);
    border-radius: 17px;
    background: var(--raised);
    box-shadow: var(--shadow);
    font-size: var(--small);
    transform: translateX(-50%);
  }
  @keyframes blink {
    to {
      opacity: 0;
    }
  }
  @media (max-width: 720px) {
    .beginning {
      padding-inline: var(--s4);
    }
    .day,
    .new {
      margin-inline: var(--s4);
    }
    .draft {
      padding-inline: var(--s4);
    }
  }
`;
