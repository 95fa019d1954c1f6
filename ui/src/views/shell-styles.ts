import { css } from 'lit';

export const shellStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .shell {
    display: grid;
    grid-template-columns: 17.5rem minmax(0, 1fr);
    height: 100dvh;
    background: var(--ground);
  }
  .shell[data-side] {
    grid-template-columns: 17.5rem minmax(0, 1fr) 20rem;
  }
  .skip {
    position: absolute;
    top: var(--s2);
    left: var(--s2);
    z-index: 6;
  }
  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  main {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  parley-sidebar {
    min-height: 0;
    border-right: 1px solid var(--line);
  }
  aside {
    min-height: 0;
    border-left: 1px solid var(--line);
    background: var(--ground);
  }
  parley-conversation,
  parley-welcome {
    grid-row: 2;
    min-height: 0;
  }
  @media (max-width: 1000px) {
    .shell[data-side] {
      grid-template-columns: 17.5rem minmax(0, 1fr);
    }
    aside {
      position: fixed;
      inset: 0 0 0 auto;
      z-index: 5;
      width: min(22rem, 100vw);
      box-shadow: var(--shadow);
    }
  }
  @media (max-width: 720px) {
    .shell,
    .shell[data-side] {
      grid-template-columns: minmax(0, 1fr);
    }
    [data-screen='list'] main {
      display: none;
    }
    [data-screen='conversation'] parley-sidebar {
      display: none;
    }
    parley-sidebar {
      border-right: 0;
    }
    aside {
      width: 100vw;
      border-left: 0;
    }
  }
`;
