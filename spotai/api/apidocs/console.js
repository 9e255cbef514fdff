"use strict";

const { spec, session: sessionUrl } = document.getElementById("console").dataset;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

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

SwaggerUIBundle({
  url: spec,
  dom_id: "#console",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  queryConfigEnabled: false,
  validatorUrl: null,
  async requestInterceptor(request) {
    if (!request.loadSpec && !SAFE.has((request.method ?? "GET").toUpperCase())) {
      const token = await csrfToken();
      if (token !== undefined) request.headers["X-CSRF-Token"] = token;
    }
    return request;
  },
  responseInterceptor(response) {
    if (response.status === 401 || response.status === 403) session = undefined;
    return response;
  },
});
