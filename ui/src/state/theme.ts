export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'parley.theme'; // theme.ts reads it before the first paint.

export function theme(): Theme {
  const chosen = localStorage.getItem(KEY);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

export function chooseTheme(chosen: Theme): void {
  const { dataset } = document.documentElement;
  if (chosen === 'auto') {
    localStorage.removeItem(KEY);
    delete dataset['theme'];
  } else {
    localStorage.setItem(KEY, chosen);
    dataset['theme'] = chosen;
  }
}
