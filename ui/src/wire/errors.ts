/** The server's no, in its own words. `type` is the word of WIRE §3, for example `conflict`. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly type: string,
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  /** How long to wait before asking again, if waiting helps. */
  get retryAfterMs(): number | undefined {
    const wait = this.data['retryAfterMs'];
    return typeof wait === 'number' ? wait : undefined;
  }
}

/** No answer came: whether the call was carried out is not known. */
export class Unanswered extends Error {}

const WORDS: Readonly<Record<number, string>> = {
  [-32602]: 'invalid_params', [-32001]: 'unauthenticated', [-32002]: 'forbidden', [-32003]: 'not_found',
  [-32004]: 'conflict', [-32005]: 'rate_limited', [-32006]: 'too_large', [-32007]: 'unavailable', [-32008]: 'overloaded',
};

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'invalid_params', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 409: 'conflict',
  413: 'too_large', 429: 'rate_limited', 503: 'unavailable',
};

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function refusalOf(error: RpcError): Refusal {
  const word = error.data?.['type'];
  return new Refusal(error.message, typeof word === 'string' ? word : (WORDS[error.code] ?? 'internal'), error.data);
}

/** RFC 9457: `detail` says more than `title`, and either may be missing. */
export function refusalOfProblem(status: number, problem: Readonly<Record<string, unknown>>): Refusal {
  const words = problem['detail'] ?? problem['title'];
  const message = typeof words === 'string' ? words : `The server answered with status ${status}.`;
  return new Refusal(message, STATUS_WORDS[status] ?? 'internal', problem);
}

/** What to show of any error. */
export function wordsOf(error: unknown): string {
  if (error instanceof Unanswered) return 'No answer from the server. Please try again.';
  const words = error instanceof Error ? error.message : String(error);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
