import type { components } from "./schema";
import { Problem, problemOf, unreachable } from "./problem";

type Session = components["schemas"]["SessionAnswer"];

const SAFE = new Set(["GET", "HEAD"]);
const RENEWED_FOR = new Set(["session-expired", "csrf"]);

let token: Promise<string | null> | null = null;

/**
 * `fetch` within the guest's session: calls that change something carry its token, an expired
 * session is renewed once without a word, and whatever is no success is thrown as a Problem.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return checked(await reach(request));
  const again = request.clone();
  const used = currentToken();
  const first = await reach(await signed(request, used));
  if (first.ok) return first;
  const problem = await problemOf(first);
  if (!RENEWED_FOR.has(problem.kind)) throw problem;
  forget(used);
  return checked(await reach(await signed(again, currentToken())));
}

/** The token that all calls share: the server is asked once, however many begin together. */
function currentToken(): Promise<string | null> {
  if (token !== null) return token;
  const asked = openSession();
  token = asked;
  // Nothing to show: the next call asks for a session again.
  void asked.then(
    (value) => value ?? forget(asked),
    () => forget(asked),
  );
  return asked;
}

/** Calls that fail together must not throw away what the first of them has renewed. */
function forget(used: Promise<string | null>): void {
  if (token === used) token = null;
}

async function signed(request: Request, asked: Promise<string | null>): Promise<Request> {
  const value = await asked;
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
