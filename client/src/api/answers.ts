// Written by `npm run schema` from the server's OpenAPI description.

export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "DELETE /api/account": [
    "sessions",
    "recipes",
    "known_songs"
  ],
  "GET /api/features": [
    "features"
  ],
  "POST /api/imports": [
    "tracks",
    "unmatched",
    "duplicates"
  ],
  "POST /api/known": [
    "songs",
    "added",
    "unmatched"
  ],
  "GET /api/known": [
    "songs"
  ],
  "DELETE /api/known": [
    "songs"
  ],
  "POST /api/links": [
    "code",
    "link"
  ],
  "POST /api/matches": [
    "total_matches",
    "generation",
    "loosenings",
    "biting"
  ],
  "GET /api/playlists": [
    "items",
    "total",
    "limit",
    "offset",
    "source"
  ],
  "POST /api/playlists": [
    "id",
    "name",
    "songs",
    "url"
  ],
  "POST /api/profiles": [
    "songs",
    "facet",
    "facets",
    "unknown",
    "generation",
    "features"
  ],
  "POST /api/recipes": [
    "id",
    "name",
    "link",
    "created",
    "updated"
  ],
  "GET /api/recipes": [
    "items",
    "total",
    "limit",
    "offset"
  ],
  "POST /api/recommendations": [
    "tracks",
    "total_matches",
    "generation",
    "loosenings",
    "biting",
    "notes",
    "seeds"
  ],
  "GET /api/session": [
    "kind",
    "name",
    "scopes",
    "login",
    "account",
    "csrf_token",
    "expires"
  ],
  "GET /api/setup": [
    "redirect_uri",
    "login"
  ],
  "GET /api/tracks": [
    "items",
    "more"
  ],
  "GET /healthz": [],
  "POST /logout": [
    "logged_out"
  ],
  "GET /openapi.json": [],
  "GET /readyz": [
    "status",
    "generation",
    "songs",
    "database"
  ]
};
