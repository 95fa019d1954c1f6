const MOST_PX = 280;

/** Makes a text field as high as its text, up to a limit. */
export function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${Math.min(MOST_PX, field.scrollHeight + 2)}px`;
}
