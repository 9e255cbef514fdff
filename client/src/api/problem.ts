/** Of what is not there for now the server says when to ask again, and the page does. */
const DEFERRED = [
  "busy",
  "still-reading",
  "spotify-limited",
  "spotify-quota",
  "spotify-unavailable",
];

/** What went wrong with a call, in words for people; `kind` is the last part of RFC 9457's type. */
export class Problem extends Error {
  static #told = 0;
  override readonly name = "Problem";
  /** Tells two problems of the same kind apart. */
  readonly serial = ++Problem.#told;

  constructor(
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    /** 0 when no answer came that can be read. */
    readonly status: number,
    /** Seconds to wait before asking again, where the server said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${title}: ${detail}`);
  }

  /** Whether the server refused this request for now, and takes it again after a while. */
  get deferred(): boolean {
    return this.status === 429 || DEFERRED.includes(this.kind);
  }

  /** Whether the same request can succeed later without a change. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const unreachable = () =>
  new Problem(
    "unreachable",
    "SpotAI does not answer",
    "The server cannot be reached. Check that it runs and that you are online.",
    0,
  );

export const unreadable = () =>
  new Problem(
    "unreadable",
    "The answer cannot be read",
    "It was cut short, or something between this page and the server changed it.",
    0,
  );

/** A playlist that nobody has may be one of theirs on Spotify, whom a guest was before. */
export function perhapsTheirs(problem: Problem | null): Problem | null {
  if (problem?.kind !== "not-found") return problem;
  return new Problem("perhaps-theirs", problem.title, problem.detail, problem.status);
}

/** The problem of an answer that is no success, whatever sent it; `text` is its body. */
export function problemOf(response: Response, text: string): Problem {
  const header = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const { type, title, detail } = objectOf(text) ?? {};
  return new Problem(
    wordsOf(type)?.split("/").at(-1) ?? "unexpected",
    wordsOf(title) ?? "The server answered with an error",
    wordsOf(detail) ?? `It said ${response.status} ${response.statusText}`.trim() + ".",
    response.status,
    Number.isFinite(header) ? header : null,
  );
}

/** The JSON object a text holds, or null when it holds none. */
export function objectOf(text: string): Partial<Record<string, unknown>> | null {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === "object" ? (told as Partial<Record<string, unknown>> | null) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // a proxy in between answers in HTML
    throw error;
  }
}

function wordsOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
