"""Every answer is as Spotify's own description says, but for what is known to be newer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from spotai.spotify.standin import Standin
from spotai.spotify.standin.webapi import CALLS
from tests.servers.spotify import SONGS, Login, playlist_id

DESCRIPTION: Final = "spotify-openapi-2026-05-30.yml"

# What the description does not say, and Spotify does: what may be null. An entry that was taken
# away, all that a local file has no value for, and where a song was played from.
NULL_TOO: Final = {
    "PlaylistTrackObject": ["item", "track"],
    "TrackObject": ["href", "id"],
    "AlbumBase": ["album_type", "href", "id", "release_date", "release_date_precision", "uri"],
    "SimplifiedArtistObject": ["href", "id", "uri"],
    "PlayHistoryObject": ["context"],
    "CursorPagingObject": ["next", "cursors"],
}

URIS: Final = [song.uri for song in SONGS[:3]]
REQUESTS: Final[tuple[tuple[str, str, object, int], ...]] = (
    ("GET", "/me", None, 200),
    ("GET", "/me/playlists", None, 200),
    ("POST", "/me/playlists", {"name": "New", "public": False}, 201),
    ("GET", "/me/tracks?limit=50", None, 200),
    ("GET", "/me/top/tracks", None, 200),
    ("GET", "/me/top/artists", None, 200),
    ("GET", "/me/player/recently-played", None, 200),
    ("GET", f"/playlists/{playlist_id('odd')}", None, 200),
    ("GET", f"/playlists/{playlist_id('others')}", None, 200),
    ("PUT", f"/playlists/{playlist_id('empty')}", {"name": "Still empty"}, 200),
    ("GET", f"/playlists/{playlist_id('odd')}/items", None, 200),
    ("POST", f"/playlists/{playlist_id('empty')}/items", {"uris": URIS}, 201),
    ("PUT", f"/playlists/{playlist_id('empty')}/items", {"uris": URIS[:1]}, 200),
    ("DELETE", f"/playlists/{playlist_id('empty')}/items", {"items": [{"uri": URIS[0]}]}, 200),
    ("GET", f"/tracks/{SONGS[0].id}", None, 200),
    ("GET", f"/albums/{SONGS[0].album.id}", None, 200),
    ("GET", "/search?q=song&type=track", None, 200),
    ("GET", "/me/tracks?limit=51", None, 403),
    ("GET", f"/playlists/{playlist_id('others')}/items", None, 403),
)


class Description:
    """Spotify's description as JSON schemas."""

    def __init__(self, text: str) -> None:
        self.document = _schema(yaml.safe_load(text))
        schemas = self.document["components"]["schemas"]
        for schema in schemas.values():
            _relax(schema)
        for name, properties in NULL_TOO.items():
            for one in properties:
                within = _properties(schemas[name])
                within[one] = {"anyOf": [{"type": "null"}, within[one]]}
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource("urn:spotify", resource)

    def path_of(self, path: str) -> str:
        """Return the described path that a path is one of."""
        plain = path.partition("?")[0]
        for described in self.document["paths"]:
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", described), plain):
                return str(described)
        raise AssertionError(f"{plain} is not described")

    def answers(self, method: str, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self.document["paths"][self.path_of(path)][method.lower()]
        return dict(found["responses"])

    def validator(self, method: str, path: str, status: int) -> Validator | None:
        """Return what an answer has to pass, None for one without a body."""
        answer = self.answers(method, path)[str(status)]
        if "$ref" in answer:
            name = answer["$ref"].rpartition("/")[2]
            answer = self.document["components"]["responses"][name]
        if "content" not in answer:
            return None
        schema = answer["content"]["application/json"]["schema"]
        return Draft202012Validator(
            _absolute(schema), registry=self._registry, format_checker=FormatChecker()
        )


def _schema(node: Any) -> Any:
    """Turn what OpenAPI 3.0 writes in its own way into JSON Schema."""
    if isinstance(node, list):
        return [_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _schema(value) for key, value in node.items() if key != "discriminator"}
    if made.pop("nullable", False) is True and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
    return made


def _relax(schema: dict[str, Any]) -> None:
    """What is marked as deprecated is gone, also where the description still requires it."""
    parts = (schema, *schema.get("allOf", ()))
    gone = {name for part in parts for name, one in _properties(part).items() if _old(one)}
    for part in parts:
        if "required" in part:
            part["required"] = [name for name in part["required"] if name not in gone]


def _old(one: dict[str, Any]) -> bool:
    return one.get("deprecated") is True


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema.get("properties", {})
    return found


def _absolute(node: Any) -> Any:
    if isinstance(node, list):
        return [_absolute(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: f"urn:spotify{value}" if key == "$ref" else _absolute(value)
        for key, value in node.items()
    }


@pytest.fixture(scope="module")
def description(real_data: Path) -> Description:
    file = real_data / DESCRIPTION
    if not file.is_file():
        pytest.skip(f"there is no {DESCRIPTION} beside the real songs")
    return Description(file.read_text("utf-8"))


@pytest.mark.parametrize(("method", "path", "body", "status"), REQUESTS)
def test_answers_are_as_described(
    description: Description,
    shared_standin: Standin,
    method: str,
    path: str,
    body: Any,
    status: int,
) -> None:
    scope = "playlist-read-private user-library-read" if status == 403 else None
    scope = "user-top-read" if path.startswith("/me/tracks?limit=51") else scope
    login = Login(shared_standin, scope) if scope else Login(shared_standin)
    answer = requests.request(
        method,
        shared_standin.api_url.rstrip("/") + path,
        json=body,
        headers={"Authorization": f"Bearer {login.tokens()['access_token']}"},
        timeout=10,
    )
    assert answer.status_code == status
    validator = description.validator(method, path, status)
    if validator is None:
        assert answer.content == b""
        return
    faults = [
        f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(answer.json())
    ]
    assert faults == []


def test_every_call_of_the_stand_in_is_asked_here(description: Description) -> None:
    asked = {
        (method, re.sub(r"\{[^}]+\}", "*", description.path_of(path)))
        for method, path, _, status in REQUESTS
        if status < 300
    }
    described = {
        (
            method,
            re.sub(r"<[^>]+>", "*", path)
            .replace("/me/top/artists", "/me/top/*")
            .replace("/me/top/tracks", "/me/top/*"),
        )
        for method, path, _ in CALLS
    }
    assert asked == described


def test_a_wrong_answer_would_be_found(description: Description) -> None:
    validator = description.validator("GET", "/me/playlists", 200)
    assert validator
    page = {"href": "", "limit": 20, "next": None, "offset": 0, "previous": None, "total": 1}
    good = {**page, "items": [{"name": "x", "items": {"total": 1}, "type": "playlist"}]}
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "total": "1"})
    assert not validator.is_valid({**good, "items": [{"name": 7}]})
    assert not validator.is_valid(page)
