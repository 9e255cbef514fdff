"""Headers that tell browsers what an answer may do: the least that its kind needs."""

from __future__ import annotations

from typing import Final

from flask import Response

DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY: Final = (
    "default-src 'none'; "
    # The script of Spotify's player loads the rest of itself from the second address.
    "script-src 'self' https://open.spotify.com/embed/iframe-api/"
    " https://embed-cdn.spotifycdn.com; "
    "frame-src https://open.spotify.com; "
    "img-src 'self' data: https://i.scdn.co; "
    "style-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PLAYER: Final = ("autoplay", "clipboard-write", "encrypted-media", "fullscreen")
_NOBODY: Final = ("camera", "geolocation", "microphone", "payment", "usb")
PERMISSIONS: Final = ", ".join(
    [
        *(f'{feature}=(self "https://open.spotify.com")' for feature in _PLAYER),
        *(f"{feature}=()" for feature in _NOBODY),
    ]
)
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with it, browsers hide from us that a form of our own page was sent.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_FOR_A_YEAR: Final = "max-age=31536000"


def add_security_headers(response: Response, *, https: bool) -> None:
    """Add them. A Content-Security-Policy the handler has set is kept."""
    policy = PAGE_POLICY if response.mimetype == "text/html" else DATA_POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in ALWAYS.items():
        response.headers[name] = value
    if https:
        response.headers["Strict-Transport-Security"] = HTTPS_FOR_A_YEAR
