import type { components } from "./schema";
import { Problem, problemOf, unreachable } from "./problem";

type Session = components["schemas"]["SessionAnswer"];

const SAFE = new Set(["GET", "HEAD"]);
const RENEWED_FOR = ["session-expired", "csrf"];

type Token = Promise<string | null>;

let token: Token | null = null;

/**
 * `fetch` within the guest's session: calls that change something carry its token, and whatever is
 * no success is thrown as a Problem. A session that is over, or that another tab has replaced, is
 * renewed without a word: once for either reason, as the one may follow from the other.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return checked(await reach(request));
  const reasons = new Set(RENEWED_FOR);
  for (;;) {
    const used = currentToken();
    const response = await reach(signed(request.clone(), await used));
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (!reasons.delete(problem.kind)) throw problem;
    forget(used);
  }
}

function currentToken(): Token {
  if (token !== null) return token;
  const asked = openSession();
  // Without one there is nothing to show yet: the next call asks again.
  asked.then(
    (value) => value ?? forget(asked),
    () => forget(asked),
  );
  return (token = asked);
}

/** Calls that were refused together share the session that the first of them asks for. */
function forget(used: Token): void {
  if (token === used) token = null;
}

function signed(request: Request, value: string | null): Request {
  if (value !== null) request.headers.set("X-CSRF-Token", value);
  return request;
}

/** Without a session, guests still get recommendations: the server decides what needs one. */
async function openSession(): Promise<string | null> {
  try {
    const response = await checked(
      await reach(new Request(new URL("/api/session", location.href))),
    );
    const session = (await response.json()) as Session;
    return session.csrf_token;
  } catch (error) {
    if (error instanceof Problem && error.passing) return null;
    throw error;
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await problemOf(response);
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unreachable();
  }
}
