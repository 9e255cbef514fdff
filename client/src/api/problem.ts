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
    /** 0 when no answer came. */
    readonly status: number,
    /** Seconds to wait before asking again, where the server said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${title}: ${detail}`);
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

/** Read the problem of an answer that is no success, whatever sent it. */
export async function problemOf(response: Response): Promise<Problem> {
  const header = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const retryAfter = Number.isFinite(header) ? header : null;
  const text = await response.text();
  const told = read(text);
  return new Problem(
    told.type?.split("/").at(-1) ?? "unexpected",
    told.title ?? "The server answered with an error",
    told.detail ?? `It said ${response.status} ${response.statusText}`.trim() + ".",
    response.status,
    retryAfter,
  );
}

interface Told {
  type?: string;
  title?: string;
  detail?: string;
}

function read(text: string): Told {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {}; // a proxy in between answers in HTML
  }
}
