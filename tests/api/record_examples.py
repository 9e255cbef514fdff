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

from spotai.api.examples import RECORDED, recorded
from spotai.api.openapi import REQUEST_ID
from spotai.api.operations import Operation, operations
from spotai.app import create_app
from spotai.catalog.engine import Database
from spotai.ingest.snapshots import prepare
from spotai.settings import Settings

DIGITS: Final = 12
# What differs from answer to answer.
FIXED: Final = {
    "request_id": REQUEST_ID,
    "csrf_token": "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
    "expires": 1_800_000_000,
}


def record(app: Flask, examples: Any) -> Any:
    """Return ``examples`` with what ``app`` answers to them now."""
    calls = {call.id: call for call in operations(app)}
    return {
        name: [_answered(app, calls[name], example) for example in of_call]
        for name, of_call in examples.items()
    }


def _answered(app: Flask, call: Operation, example: Any) -> Any:
    response = app.test_client().open(
        call.path.format(**example.get("path", {})),
        method=call.method,
        query_string=example.get("query"),
        json=example.get("body"),
    )
    asked = {key: part for key, part in example.items() if key not in {"status", "answer"}}
    return asked | {"status": response.status_code, "answer": _steady(response.get_json())}


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
