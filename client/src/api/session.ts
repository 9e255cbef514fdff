import { REQUIRED } from "./answers";
import { objectOf, Problem, problemOf, unreachable, unreadable } from "./problem";
import type { components } from "./schema";

export type Session = components["schemas"]["SessionAnswer"];

const SAFE = new Set(["GET", "HEAD"]);
const RENEWED_FOR = ["session-expired", "csrf"];

type Asked = Promise<Session>;

let session: Asked | null = null;
const listeners = new Set<() => void>();

/**
 * `fetch` within the guest's session: calls that change something carry its token, and whatever is
 * no success, or cannot be read to its end, is thrown as a Problem. A session that is over, or that
 * another tab has replaced, is renewed without a word: once for either reason, as the one may follow
 * from the other.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return answerOf(request);
  const reasons = new Set(RENEWED_FOR);
  for (;;) {
    const used = currentSession();
    try {
      return await answerOf(signed(request.clone(), await tokenOf(used)));
    } catch (error) {
      if (!(error instanceof Problem && reasons.delete(error.kind))) throw error;
    }
    forget(used);
  }
}

/** Who asks, and how one can log in. Rejects with a Problem; the next call asks again then. */
export function currentSession(): Promise<Session> {
  if (session !== null) return session;
  const asked = openSession();
  asked.catch(() => {
    if (session === asked) session = null;
  });
  return (session = asked);
}

/** The session is another one now, or says something else: ask for it anew. */
export function forgetSession(): void {
  session = null;
  for (const tell of listeners) tell();
}

/** Call `tell` whenever the session has to be asked for anew; returns what ends that. */
export function onForgotten(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Calls that were refused together share the session that the first of them asks for. */
function forget(used: Asked): void {
  if (session === used) forgetSession();
}

/** Without a session, guests still get recommendations: the server decides what needs one. */
async function tokenOf(asked: Asked): Promise<string | null> {
  try {
    return (await asked).csrf_token;
  } catch (error) {
    if (error instanceof Problem && error.passing) return null;
    throw error;
  }
}

function signed(request: Request, value: string | null): Request {
  if (value !== null) request.headers.set("X-CSRF-Token", value);
  return request;
}

/**
 * Tabs that begin in the same moment ask one after the other: a later one brings the cookie that an
 * earlier one was given, where it would otherwise replace it. Over plain HTTP browsers keep no
 * locks between tabs; there the replaced session is renewed.
 */
async function openSession(): Asked {
  if (!("locks" in navigator)) return askForSession();
  return navigator.locks.request("spotai-session", askForSession);
}

async function askForSession(): Asked {
  const response = await answerOf(new Request(new URL("/api/session", location.href)));
  return (await response.json()) as Session;
}

/** A success with all of its body, or a Problem. */
async function answerOf(request: Request): Promise<Response> {
  const response = await reach(request);
  const text = await bodyOf(response, request.signal);
  if (!response.ok) throw problemOf(response, text);
  const required = REQUIRED[`${request.method} ${new URL(request.url).pathname}`] ?? [];
  const told = objectOf(text);
  if (told === null || required.some((name) => !(name in told))) throw unreadable();
  return new Response(text, { status: response.status, headers: response.headers });
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unreachable();
  }
}

async function bodyOf(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    if (signal.aborted) throw error;
    throw response.ok ? unreadable() : problemOf(response, "");
  }
}
