import { type TemplateResult, svg } from 'lit';

const icon = (paths: TemplateResult, size = 20): TemplateResult => svg`<svg
  width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
  stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

const line = (d: string, size?: number): TemplateResult => icon(svg`<path d=${d}></path>`, size);

export const icons = {
  back: line('M15 5l-7 7 7 7'),
  close: line('M6 6l12 12M18 6L6 18'),
  compass: icon(svg`<circle cx="12" cy="12" r="8.5"></circle><path d="M15.5 8.5l-2 5-5 2 2-5z"></path>`, 18),
  copy: line('M9 9h10v10H9zM5 15V5h10'),
  down: line('M12 5v14M6 13l6 6 6-6', 16),
  edit: line('M4 20h4L19 9a2.1 2.1 0 0 0-4-4L4 16zM13.5 6.5l4 4', 18),
  hash: line('M9.5 4L8 20M16 4l-1.5 16M4.5 9h16M3.5 15h16', 18),
  leave: line('M10 5H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h4M15 8l4 4-4 4M19 12H10'),
  lock: icon(svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2"></rect><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"></path>`, 18),
  more: icon(svg`<circle cx="5.5" cy="12" r="1"></circle><circle cx="12" cy="12" r="1"></circle><circle cx="18.5" cy="12" r="1"></circle>`, 18),
  people: icon(svg`<circle cx="9" cy="8.5" r="3.5"></circle><path d="M3 19.5c.5-3.5 3-5 6-5s5.5 1.5 6 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.9c2 .6 3.2 2.1 3.5 4.6"></path>`),
  invite: icon(svg`<circle cx="10" cy="8.5" r="3.5"></circle><path d="M4 19.5c.5-3.5 3-5 6-5s5.5 1.5 6 5M19 8v6M16 11h6"></path>`),
  plus: line('M12 5v14M5 12h14', 18),
  reply: line('M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6v1', 18),
  search: icon(svg`<circle cx="11" cy="11" r="6.5"></circle><path d="M16 16l4.5 4.5"></path>`),
  send: line('M4.5 12L3.5 4.5 21 12 3.5 19.5zM4.5 12H12'),
  settings: icon(svg`<path d="M4 7h9M18 7h2M4 17h2M11 17h9"></path><circle cx="15.5" cy="7" r="2.5"></circle><circle cx="8.5" cy="17" r="2.5"></circle>`),
  smile: icon(svg`<circle cx="12" cy="12" r="8.5"></circle><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5"></path>`, 18),
  trash: line('M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.5 11v5M13.5 11v5', 18),
  warning: line('M12 4.5L3 19.5h18zM12 10v4.5M12 17v.2', 18),
};

/** A face that smiles, or not: -1 to 1. */
export const face = (mood: number): TemplateResult =>
  icon(svg`<circle cx="12" cy="12" r="8.5"></circle><path d=${`M9 9.5v.5M15 9.5v.5M8.5 ${15 - 1.5 * mood}Q12 ${15 + 6 * mood} 15.5 ${15 - 1.5 * mood}`}></path>`, 28);

/** Two voices, one reply to the other. */
export const logo = (size: number): TemplateResult => svg`<svg
  width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="8" fill="#2b6e5f"></rect>
  <path d="M8 9.5A2.5 2.5 0 0 1 10.5 7h8A2.5 2.5 0 0 1 21 9.5v4a2.5 2.5 0 0 1-2.5 2.5H13l-3.6 3V16A2.5 2.5 0 0 1 8 13.5z" fill="#bfe3d6"></path>
  <path d="M13 18.5h5.5a5 5 0 0 0 5-5V13a2.5 2.5 0 0 1 1.5 2.3v4.2a2.5 2.5 0 0 1-1.4 2.250V25l-3.6-3h-4.5A2.5 2.5 0 0 1 13 19.5z" fill="#fff"></path></svg>`;
