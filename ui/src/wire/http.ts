import { Unanswered, refusalOfProblem } from './errors.js';

/** A call over HTTP; the session cookie rides along. */
async function request<T>(method: string, path: string, body?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
  } catch {
    throw new Unanswered('The server cannot be reached.');
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw refusalOfProblem(response.status, answer as Record<string, unknown>);
  return answer as T;
}

export const get = <T>(path: string): Promise<T> => request<T>('GET', path);
export const post = <T>(path: string, body: object): Promise<T> => request<T>('POST', path, body);
export const remove = <T>(path: string): Promise<T> => request<T>('DELETE', path);
