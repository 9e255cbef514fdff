"""The consent page: plain HTML that says it is not Spotify's."""

from __future__ import annotations

import base64
import hashlib
from typing import Final
from urllib.parse import urlsplit

from flask import Response, render_template_string

from spotai.spotify.standin.world import World

STYLE: Final = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f4f1ea; color: #20242c; }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
.label { background: #20242c; color: #fff; padding: .75rem 1rem; margin: 0; text-align: center; }
fieldset { border: 1px solid #6b7280; border-radius: .5rem; margin: 1rem 0; padding: .75rem 1rem; }
label { display: block; padding: .4rem 0; }
button { font: inherit; padding: .6rem 1.5rem; border-radius: .5rem; border: 2px solid #20242c;
  background: #fff; color: #20242c; cursor: pointer; }
button[value=allow] { background: #20242c; color: #fff; }
:focus-visible { outline: 3px solid #2b59c3; outline-offset: 2px; }
"""
_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

_HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{{ style | safe }}</style></head><body>
<p class="label"><strong>This is a stand-in, not Spotify.</strong> Nobody here is real.</p><main>
"""
_CONSENT: Final = (
    _HEAD
    + """<h1>Let SpotAI in?</h1>
<p>Choose a made-up listener to log in as. SpotAI asks for:</p>
<ul>{% for scope in scopes %}<li><code>{{ scope }}</code></li>
{% else %}<li>nothing but who you are</li>{% endfor %}</ul>
<form method="post" action="/authorize">
<input type="hidden" name="consent" value="{{ consent }}">
<fieldset><legend>Listener</legend>
{% for listener in listeners %}<label><input type="radio" name="listener" value="{{ listener.id }}"
{% if loop.first %}checked{% endif %}> {{ listener.name }}</label>
{% endfor %}</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form></main></body></html>
"""
)
_MESSAGE: Final = _HEAD + "<h1>{{ title }}</h1></main></body></html>\n"


def consent_page(world: World, consent: str, scopes: frozenset[str]) -> Response:
    """Return the page that asks; ``consent`` is the number under which the question waits."""
    page = render_template_string(
        _CONSENT,
        title="Log in: stand-in for Spotify",
        style=STYLE,
        consent=consent,
        scopes=sorted(scopes),
        listeners=world.listeners.values(),
    )
    # Browsers hold a form to its policy also where its answer sends them on.
    parts = urlsplit(world.redirect_uri)
    return _guarded(Response(page), f"'self' {parts.scheme}://{parts.netloc}")


def message_page(words: str, status: int) -> Response:
    page = render_template_string(_MESSAGE, title=words, style=STYLE)
    return _guarded(Response(page, status=status), "'none'")


def _guarded(answer: Response, form_action: str) -> Response:
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action {form_action}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
