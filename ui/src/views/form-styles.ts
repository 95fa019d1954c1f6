import { css } from 'lit';

export const formStyles = css`
  form,
  .form {
    display: grid;
    gap: var(--s4);
  }
  h3 {
    margin-top: var(--s5);
    padding-top: var(--s4);
    border-top: 1px solid var(--line);
    font-size: var(--body);
    font-weight: 650;
  }
  h3 + * {
    margin-top: var(--s3);
  }
  .end {
    display: flex;
    justify-content: flex-end;
    gap: var(--s2);
  }
  .segments {
    display: grid;
    grid-auto-columns: 1fr;
    grid-auto-flow: column;
    gap: 2px;
    padding: 3px;
    border-radius: var(--round);
    background: var(--sunken);
  }
  .segments label {
    display: grid;
    place-items: center;
    gap: 0;
    min-height: 34px;
    border-radius: 8px;
    color: var(--muted);
    cursor: pointer;
  }
  .segments label:has(:checked) {
    background: var(--raised);
    color: var(--text);
    box-shadow: 0 1px 3px rgb(0 0 0 / 12%);
  }
  .segments label:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }
  .segments input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--s3);
    min-height: 40px;
    padding: var(--s2) 0;
    font-size: var(--small);
  }
  .line + .line {
    border-top: 1px solid var(--line);
  }
  .warn {
    color: var(--danger);
  }
`;
