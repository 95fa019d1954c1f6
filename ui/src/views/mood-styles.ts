import { css } from 'lit';

export const moodStyles = css`
  :host {
    display: block;
  }
  section {
    margin: var(--s1) var(--s1) var(--s2);
    padding: var(--s3);
    border: 1px solid var(--line);
    border-radius: var(--round);
    background: var(--sunken);
    font-size: var(--small);
  }
  .now {
    display: flex;
    align-items: center;
    gap: var(--s3);
    padding: 0 var(--s1) var(--s2);
    color: var(--accent);
  }
  .now strong {
    display: block;
    color: var(--text);
    font-size: var(--body);
    font-weight: 650;
    line-height: 1.3;
  }
  h4 {
    margin: var(--s3) 0 0;
    padding: var(--s3) var(--s1) var(--s1);
    border-top: 1px solid var(--line);
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 600;
    letter-spacing: 0.03em;
  }
  summary {
    display: grid;
    grid-template-columns: 5rem minmax(0, 1fr) 2.75rem 6px;
    align-items: center;
    gap: var(--s2);
    min-height: 28px;
    padding: 0 var(--s2) 0 var(--s1);
    border-radius: var(--round-s);
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--hover);
  }
  summary:focus-visible {
    outline-offset: -2px;
  }
  summary::after {
    content: '';
    width: 6px;
    height: 6px;
    margin-top: -3px;
    border: solid var(--line-strong);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
  }
  [open] summary::after {
    margin-top: 3px;
    transform: rotate(225deg);
  }
  .value {
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .bar {
    width: 100%;
    height: 6px;
    overflow: visible;
  }
  .bar rect {
    fill: var(--line-strong);
    opacity: 0.55;
  }
  .bar .good {
    fill: var(--accent);
    opacity: 1;
  }
  .bar .bad {
    fill: var(--danger);
    opacity: 1;
  }
  .bar line {
    stroke: var(--muted);
  }
  .counts {
    padding: var(--s2) var(--s1) 0;
    font-size: var(--tiny);
  }
  details p {
    padding: var(--s1) var(--s1) var(--s2);
    color: var(--muted);
    font-size: var(--tiny);
    line-height: 1.45;
  }
`;
