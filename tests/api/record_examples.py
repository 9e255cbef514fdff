"""The examples of the OpenAPI description: asked of the demo catalog, and written down.

``spotai/api/examples.json`` holds, by the id of a call, requests (edit them there) and what was
answered. Write the answers anew: ``.venv/bin/python -m tests.api.record_examples``.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask.testing import FlaskClient

from spotai.api.examples import RECORDED, recorded
from spotai.api.openapi import REQUEST_ID
from spotai.api.operations import Operation, operations
from spotai.api.sessions import CSRF_HEADER
from spotai.api.state import EXTENSION
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.demo_login import CLIENT_ID, with_standin
from spotai.ingest.listeners import listeners_of
from spotai.ingest.snapshots import prepare
from spotai.settings import Settings
from spotai.spotify.standin import Standin
from tests.api.browsers import Browser
from tests.servers.logins import REDIRECT_URI

DIGITS: Final = 12
# What differs from answer to answer.
FIXED: Final = {
    "request_id": REQUEST_ID,
    "csrf_token": "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
    "expires": 1_800_000_000,
    "created": 1_790_000_000,
    "updated": 1_790_000_000,
}
# Under this id examples name a recipe that their session saved before.
SAVED: Final = "c2F2ZWQgaW4gYSBzZXNzaW"
# Under this one a playlist on Spotify.
SAVED_PLAYLIST: Final = "3cEYpjA9oz9GiPac4AsH4n"


def record(app: Flask, examples: Any) -> Any:
    """Return ``examples`` with what ``app`` answers to them now."""
    calls = {call.id: call for call in operations(app)}
    return {
        name: [_answered(app, calls[name], example) for example in of_call]
        for name, of_call in examples.items()
    }


def _answered(app: Flask, call: Operation, example: Any) -> Any:
    if "login" in example:
        return _answered_at_a_standin(app, call, example)
    client = app.test_client()
    headers = _session(client) if example.get("session") else {}
    saved = _save(client, headers) if _names_saved(call, example) else SAVED
    response = client.open(
        call.path.format(**example.get("path", {})).replace(SAVED, saved),
        method=call.method,
        query_string=example.get("query"),
        json=example.get("body"),
        headers=headers,
    )
    asked = {key: part for key, part in example.items() if key not in {"status", "answer"}}
    answer = response.get_json()
    if "link" in answer and "id" in answer:
        saved = answer["id"]
    steady = _steady(json.loads(response.text.replace(saved, SAVED)))
    return asked | {"status": response.status_code, "answer": steady}


def _answered_at_a_standin(app: Flask, call: Operation, example: Any) -> Any:
    """Answer a made-up listener whose login lets us do what ``login`` says."""
    held = app.extensions[EXTENSION]
    with held.database.read() as conn:
        cast = listeners_of(conn)
    with Standin.start(
        cast.listeners, client_id=CLIENT_ID, redirect_uri=REDIRECT_URI, songs=cast.songs
    ) as standin:
        settings = with_standin(held.settings, standin)
        browser = Browser(create_app(settings, database=held.database))
        browser.log_in(f"?scope={example['login']}", cast.listeners[0])
        response = browser.change(call.method, call.path, json=example["body"])
        browser.change("DELETE", "/api/account")
    asked = {key: part for key, part in example.items() if key not in {"status", "answer"}}
    answer = {**response.get_json(), "id": SAVED_PLAYLIST}
    return asked | {"status": response.status_code, "answer": answer}


def _session(client: FlaskClient) -> dict[str, str]:
    return {CSRF_HEADER: client.get("/api/session").get_json()["csrf_token"]}


def _names_saved(call: Operation, example: Any) -> bool:
    return call.id == "getRecipes" or SAVED in example.get("path", {}).values()


def _save(client: FlaskClient, headers: dict[str, str]) -> str:
    body = recorded()["postRecipes"][0]["body"]
    saved: str = client.post("/api/recipes", json=body, headers=headers).get_json()["id"]
    return saved


def _steady(answer: Any) -> Any:
    """Return ``answer`` without what differs by machine or moment."""
    if isinstance(answer, dict):
        return {key: FIXED.get(key, _steady(part)) for key, part in answer.items()}
    if isinstance(answer, list):
        return [_steady(part) for part in answer]
    return float(f"{answer:.{DIGITS}g}") if isinstance(answer, float) else answer


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), _env_file=None)
        database = Database(settings.database())
        prepare(database, settings)
        app = create_app(settings, database=database)
        answered = record(app, recorded())
        database.close()
    RECORDED.write_text(json.dumps(answered, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
