"""The examples of the API's description: recorded ones, and requests that fit another catalog.

Recorded were requests to the demo catalog and its answers, by the id of a call; a test asks them
all. A server with other songs shows requests for songs of its own, so that trying them out works.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from spotai.tracks import DEMO_PREFIX

RECORDED: Final = Path(__file__).parent / "examples.json"
SEEDS: Final = 5
_TRACK_ID: Final = re.compile(rf"\b{DEMO_PREFIX}\d+")

Example: TypeAlias = Mapping[str, Any]
Examples: TypeAlias = Mapping[str, Sequence[Example]]


def recorded() -> Examples:
    """Return the examples as they were recorded, by the id of a call."""
    examples: Examples = json.loads(RECORDED.read_text("utf-8"))
    return examples


def fitted(track_ids: Sequence[str], playlist_id: str | None) -> Examples:
    """Return them with requests that name other songs, at least one, and another playlist.

    Where there is no playlist, the example that reads one leaves its id open. What is answered
    stays as it was recorded.
    """
    return {
        call: [_fit(example, track_ids, playlist_id) for example in examples]
        for call, examples in recorded().items()
    }


def _fit(example: Example, track_ids: Sequence[str], playlist_id: str | None) -> Example:
    if example["status"] >= 300:
        return example
    path, body = dict(example.get("path", {})), dict(example.get("body", {}))
    if "track_id" in path:
        path["track_id"] = track_ids[0]
    if path.pop("playlist_id", None) and playlist_id is not None:
        path["playlist_id"] = playlist_id
    # Of a playlist, not every song need be one that can be searched.
    seed = {"track_ids": list(track_ids[:SEEDS])}
    if "seed" in body:
        body["seed"] = seed
    if "recipe" in body:
        body["recipe"] = {**body["recipe"], "seed": seed}
    if "track_ids" in body:
        body["track_ids"] = list(track_ids[:1])
    if "text" in body:
        body["text"] = _TRACK_ID.sub(track_ids[0], body["text"])
    given = {"path": path, "body": body}
    return {**example, **{part: value for part, value in given.items() if part in example}}
