import { css } from 'lit';

export const sideStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 60px;
    padding: var(--s2) var(--s3) var(--s2) var(--s4);
    border-bottom: 1px solid var(--line);
  }
  h2 {
    font-size: var(--body);
    font-weight: 650;
  }
  h3 {
    padding: var(--s4) var(--s2) var(--s1);
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 600;
    letter-spacing: 0.03em;
  }
  .body {
    flex: 1;
    min-height: 0;
    padding: var(--s3);
    overflow-y: auto;
  }
  .wide {
    width: 100%;
  }
  .person {
    justify-content: flex-start;
    width: 100%;
    height: auto;
    min-height: 44px;
    padding: var(--s1) var(--s2);
    border: 0;
    background: none;
    font-weight: 400;
    text-align: left;
    --avatar: 32px;
  }
  .person:disabled {
    opacity: 1;
  }
  .person:hover:not(:disabled) {
    background: var(--hover);
  }
  .who {
    display: grid;
    flex: 1;
    min-width: 0;
    line-height: 1.3;
    font-size: var(--small);
    font-weight: 500;
  }
  .who .muted {
    font-size: var(--tiny);
    font-weight: 400;
  }
  .badge {
    padding: 1px 6px;
    border-radius: var(--round-s);
    background: var(--accent-soft);
    color: var(--accent);
    font-size: 0.6875rem;
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s1);
    padding: var(--s1) var(--s2) var(--s3) 48px;
  }
  .actions button {
    min-height: 30px;
    padding: 0 var(--s3);
    border-color: var(--line);
    font-size: var(--small);
  }
  .actions .warn {
    color: var(--danger);
  }
  .scope {
    display: flex;
    gap: var(--s4);
    padding: var(--s3) var(--s1) 0;
    color: var(--muted);
    font-size: var(--small);
  }
  .scope label {
    display: flex;
    align-items: center;
    gap: var(--s2);
    min-width: 0;
    font-weight: 400;
  }
  .scope input {
    accent-color: var(--accent);
  }
  .found {
    display: block;
    margin-top: var(--s1);
    padding: var(--s2);
    border-radius: var(--round);
  }
  .found:hover {
    background: var(--hover);
  }
  .found .top {
    display: flex;
    gap: var(--s2);
    align-items: baseline;
    font-size: var(--small);
  }
  .found .top strong {
    font-weight: 600;
  }
  .found .top span.muted {
    flex: 1;
    font-size: var(--tiny);
  }
  .found .top time {
    flex: none;
    font-size: var(--tiny);
  }
  .found p {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  mark {
    border-radius: 3px;
    background: color-mix(in oklab, var(--mention-line) 35%, transparent);
    color: inherit;
  }
  .none {
    padding: var(--s6) var(--s3);
    color: var(--muted);
    text-align: center;
  }
`;
