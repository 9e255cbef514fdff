"use strict";

const { spec, session: sessionUrl } = document.getElementById("console").dataset;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const LEAVING = new Set(["/logout", "/api/account"]);

// The session is asked for before the first call that needs its token, and anew when it ends.
let session;

async function csrfToken() {
  if (session === undefined || session.expires * 1000 <= Date.now()) {
    const answer = await fetch(sessionUrl, { credentials: "same-origin" });
    // Without sessions, or while they cannot be kept, calls go on without cookie and token.
    session = answer.ok ? await answer.json() : undefined;
  }
  return session?.csrf_token;
}

async function sign(request) {
  const token = await csrfToken();
  if (token === undefined) delete request.headers["X-CSRF-Token"];
  else request.headers["X-CSRF-Token"] = token;
}

// Once more in a new session, when it is over or another tab has replaced it.
async function fetchSigned(url, request) {
  const answer = await fetch(url, request);
  if (answer.ok && LEAVING.has(new URL(url, location.href).pathname)) session = undefined;
  if (answer.status !== 401 && answer.status !== 403) return answer;
  session = undefined;
  await sign(request);
  return fetch(url, request);
}

SwaggerUIBundle({
  url: spec,
  dom_id: "#console",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  queryConfigEnabled: false,
  validatorUrl: null,
  showExtensions: true,
  showCommonExtensions: true,
  async requestInterceptor(request) {
    if (!request.loadSpec && !SAFE.has((request.method ?? "GET").toUpperCase())) {
      await sign(request);
      request.userFetch = fetchSigned;
    }
    return request;
  },
});
