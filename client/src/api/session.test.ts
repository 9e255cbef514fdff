import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Problem } from "./problem";

const COUNT = { total_matches: 1, generation: 1, loosenings: [], biting: [] };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

let sessions = 0;
beforeEach(() => {
  sessions = 0;
  vi.resetModules();
  server.use(
    http.get("*/api/session", () => {
      sessions += 1;
      return HttpResponse.json({
        kind: "guest",
        name: null,
        scopes: [],
        login: null,
        account: false,
        csrf_token: `token ${sessions}`,
        expires: 1,
      });
    }),
  );
});

async function post(body = "{}"): Promise<Response> {
  const { sessionFetch } = await import("./session");
  return sessionFetch(new Request("http://localhost/api/matches", { method: "POST", body }));
}

function answers(type: string, status: number, headers: Record<string, string> = {}) {
  const body = { type: `/problems/${type}`, title: "Title", detail: "Detail", status };
  return HttpResponse.json(body, { status, headers });
}

test("changes carry the token of one session", async () => {
  const tokens: (string | null)[] = [];
  server.use(
    http.post("*/api/matches", ({ request }) => {
      tokens.push(request.headers.get("X-CSRF-Token"));
      return HttpResponse.json(COUNT);
    }),
  );
  await post();
  await post();
  expect(tokens).toEqual(["token 1", "token 1"]);
});

test.each([
  ["session-expired", 401],
  ["csrf", 403],
])("after %s the call is repeated once in a new session, body and all", async (type, status) => {
  const bodies: string[] = [];
  server.use(
    http.post("*/api/matches", async ({ request }) => {
      bodies.push(await request.text());
      const renewed = request.headers.get("X-CSRF-Token") === "token 2";
      return renewed ? HttpResponse.json(COUNT) : answers(type, status);
    }),
  );
  expect((await post('{"size": 1}')).status).toBe(200);
  expect(bodies).toEqual(['{"size": 1}', '{"size": 1}']);
});

test("calls that begin together ask for one session", async () => {
  server.use(http.post("*/api/matches", () => HttpResponse.json(COUNT)));
  await Promise.all([post(), post(), post()]);
  expect(sessions).toBe(1);
});

test("calls that fail together renew the session once", async () => {
  server.use(
    http.post("*/api/matches", async ({ request }) => {
      const slow = (await request.text()) === "slow";
      if (request.headers.get("X-CSRF-Token") === "token 2") return HttpResponse.json(COUNT);
      if (slow) await new Promise((resolve) => setTimeout(resolve, 50));
      return answers("csrf", 403);
    }),
  );
  const all = await Promise.all([post(), post("slow"), post()]);
  expect(all.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(sessions).toBe(2);
});

test("a refused session is asked for again by the next call", async () => {
  server.use(
    http.get("*/api/session", () => answers("not-acceptable", 406), { once: true }),
    http.post("*/api/matches", () => HttpResponse.json(COUNT)),
  );
  await expect(post()).rejects.toMatchObject({ status: 406 });
  expect((await post()).status).toBe(200);
});

test("a session that never works is told, not asked for forever", async () => {
  server.use(http.post("*/api/matches", () => answers("session-expired", 401)));
  await expect(post()).rejects.toMatchObject({ kind: "session-expired", status: 401 });
  expect(sessions).toBe(2);
});

test("calls that are refused together share one new session", async () => {
  const seen: string[] = [];
  server.use(
    http.post("*/api/matches", ({ request }) => {
      const given = request.headers.get("X-CSRF-Token") ?? "";
      seen.push(given);
      return given === "token 2" ? HttpResponse.json(COUNT) : answers("session-expired", 401);
    }),
  );
  const both = await Promise.all([post(), post()]);
  expect(both.map((response) => response.status)).toEqual([200, 200]);
  expect(sessions).toBe(2);
  expect(seen.toSorted()).toEqual(["token 1", "token 1", "token 2", "token 2"]);
});

test("an expired session that another tab renewed as well is asked for once more", async () => {
  const refusals: Record<string, [string, number]> = {
    "token 1": ["session-expired", 401],
    "token 2": ["csrf", 403],
  };
  server.use(
    http.post("*/api/matches", ({ request }) => {
      const refusal = refusals[request.headers.get("X-CSRF-Token") ?? ""];
      return refusal ? answers(...refusal) : HttpResponse.json(COUNT);
    }),
  );
  expect((await post()).status).toBe(200);
  expect(sessions).toBe(3);
});

test("any other refusal leaves the session as it is", async () => {
  server.use(http.post("*/api/matches", () => answers("invalid-input", 422)));
  await expect(post()).rejects.toMatchObject({ status: 422 });
  await expect(post()).rejects.toMatchObject({ status: 422 });
  expect(sessions).toBe(1);
});

test("a session that could not be asked for is asked for again", async () => {
  server.use(
    http.get("*/api/session", () => answers("misconfigured", 418), { once: true }),
    http.post("*/api/matches", () => HttpResponse.json(COUNT)),
  );
  await expect(post()).rejects.toMatchObject({ status: 418 });
  expect((await post()).status).toBe(200);
});

test("without a session the server decides", async () => {
  server.use(
    http.get("*/api/session", () => answers("database-unavailable", 503)),
    http.post("*/api/matches", ({ request }) =>
      HttpResponse.json({ ...COUNT, token: request.headers.get("X-CSRF-Token") }),
    ),
  );
  expect(await (await post()).json()).toMatchObject({ token: null });
});

test("what is no success is a problem with the server's words and its wait", async () => {
  server.use(
    http.post("*/api/matches", () => answers("too-many-requests", 429, { "Retry-After": "7" })),
  );
  const problem: Problem = await post().then(
    () => expect.unreachable(),
    (error: Problem) => error,
  );
  expect(problem).toMatchObject({ kind: "too-many-requests", title: "Title", retryAfter: 7 });
  expect(problem.passing).toBe(true);
});

test("a proxy's page and a dead line are problems too", async () => {
  server.use(http.post("*/api/matches", () => HttpResponse.html("<h1>Bad</h1>", { status: 502 })));
  await expect(post()).rejects.toMatchObject({ kind: "unexpected", status: 502, passing: true });
  server.use(http.post("*/api/matches", () => HttpResponse.error()));
  await expect(post()).rejects.toMatchObject({ kind: "unreachable", status: 0, passing: true });
});

function cut(text: string, status = 200): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new Error("the line is dead"));
    },
  });
  return new HttpResponse(body, { status, headers: { "Content-Type": "application/json" } });
}

test.each([
  ["cut on its way", () => cut('{"total_')],
  ["a page in HTML", () => HttpResponse.html("<h1>Log in to the hotel</h1>")],
  ["empty", () => new HttpResponse(null)],
  ["half of a JSON text", () => new HttpResponse('{"total_matches": 1, "gen')],
  ["without what it has to hold", () => HttpResponse.json({})],
  ["no object", () => HttpResponse.json(null)],
])("a success that is %s is a passing problem", async (_, answer) => {
  server.use(http.post("*/api/matches", answer));
  await expect(post()).rejects.toMatchObject({ kind: "unreadable", passing: true });
});

test.each([
  ["cut on its way", () => cut('{"title": "Ti', 503)],
  ["of other types", () => HttpResponse.json({ type: 1, title: [], detail: {} }, { status: 503 })],
])("a refusal that is %s keeps its status", async (_, answer) => {
  server.use(http.post("*/api/matches", answer));
  await expect(post()).rejects.toMatchObject({ kind: "unexpected", status: 503, passing: true });
});
