"""Bad input: a problem of one shape that says what to do, and nothing changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from spotai.api.state import EXTENSION
from spotai.app import create_app
from spotai.features import NAMES
from spotai.settings import Settings
from tests.api.conftest import CheckProblem

RECOMMEND = "/api/recommendations"
POSTS = (RECOMMEND, "/api/matches", "/api/profiles", "/api/imports")
PARTY = "demoplaylist0000000003"


class Bad(NamedTuple):
    """A request that cannot be answered, and what the problem must say."""

    body: bytes
    status: int
    slug: str
    detail: str
    path: str = RECOMMEND
    fields: tuple[str, ...] = ()


def seeded(**parts: Any) -> bytes:
    return json.dumps({"seed": {"playlist_id": PARTY}, **parts}).encode()


MALFORMED = {
    "nothing": (b"", "end of file|EOF"),
    "half an object": (b'{"size": ', "EOF"),
    "no JSON": (b"size=30", "expected"),
    "two texts": (b"{}{}", "trailing"),
    "no UTF-8": (b'{"seed": {"playlist_id": "\xff\xfe"}}', "unicode"),
    "another encoding": (seeded().decode().encode("utf-16"), "expected"),
    "half a surrogate pair": (b'{"pins": ["\\ud800"]}', "hex escape"),
    "deeply nested": (b"[" * 100_000, "recursion limit"),
    "deeply nested objects": (b'{"seed":' * 900, "recursion limit"),
    "a number of 5,000 digits": (b'{"size": ' + b"9" * 5_000 + b"}", "out of range"),
    "a name twice": (seeded()[:-1] + b', "size": 3, "size": 4}', "'size' twice"),
    "a name twice inside": (b'{"features": {"tempo": {"min": 1, "min": 2}}}', "'min' twice"),
}

BAD = {
    "a list": Bad(b"[]", 422, "invalid-input", "object"),
    "null": Bad(b"null", 422, "invalid-input", "object"),
    "an unknown name": Bad(
        seeded(sise=3), 422, "invalid-input", "sise: is not a field here", fields=("sise",)
    ),
    "NaN": Bad(b'{"contrast": NaN}', 422, "invalid-input", "finite number", fields=("contrast",)),
    "infinity": Bad(
        b'{"features": {"tempo": {"target": -Infinity}}}',
        422,
        "invalid-input",
        "finite number",
        fields=("features.tempo.target",),
    ),
    "1e400": Bad(b'{"strictness": 1e400}', 422, "invalid-input", "finite number"),
    "a size of 1e400": Bad(b'{"size": 1e400}', 422, "invalid-input", "whole number"),
    "a huge whole number": Bad(
        b'{"features": {"tempo": {"min": ' + b"9" * 400 + b"}}}",
        422,
        "invalid-input",
        "finite number",
    ),
    "a number as text": Bad(
        seeded(size="30"), 422, "invalid-input", "size: must be a whole number"
    ),
    "too large a size": Bad(seeded(size=501), 422, "invalid-input", "must be at most 500"),
    "several faults": Bad(
        seeded(size=0, contrast=2, order="loud"),
        422,
        "invalid-input",
        "(and 2 more)",
        fields=("size", "contrast", "order"),
    ),
    "no such feature": Bad(
        seeded(features={"volume": {}}),
        422,
        "invalid-input",
        "features.volume: is not a field here",
    ),
    "an impossible aim": Bad(
        seeded(features={"energy": {"target": 7}}),
        422,
        "invalid-input",
        "energy.target: must be at most 1",
    ),
    "pinned and banned": Bad(
        seeded(pins=["a"], bans=["a"]), 422, "invalid-input", "pinned and banned"
    ),
    "an unknown pin": Bad(
        seeded(pins=["a"]), 422, "invalid-recipe", "not in the catalog", fields=("pins",)
    ),
    "nothing to look for": Bad(b"{}", 422, "invalid-recipe", "choose a playlist or songs"),
    "nothing ticked": Bad(
        seeded(features={name: {"selected": False} for name in NAMES}),
        422,
        "invalid-recipe",
        "nothing is ticked",
        fields=("features",),
    ),
    "no known song": Bad(
        b'{"seed": {"track_ids": ["0000000000000000000000"]}}',
        422,
        "no-known-tracks",
        "the song cannot be searched: it is not in the catalog",
        fields=("seed",),
    ),
    "playlist and tracks": Bad(
        b'{"seed": {"playlist_id": "a", "track_ids": ["b"]}}', 422, "invalid-input", "not both"
    ),
    "no such playlist": Bad(
        b'{"seed": {"playlist_id": "\\u0000\\ud83c\\udfb5"}}', 404, "not-found", "no playlist"
    ),
    "a profile of nothing": Bad(
        b"{}", 422, "invalid-input", "seed: is needed", "/api/profiles", ("seed",)
    ),
    "an import of nothing": Bad(
        b'{"text": ""}', 422, "invalid-input", "text: must not be empty", "/api/imports"
    ),
    "an import of too many": Bad(
        json.dumps({"text": "x " * 10_001}).encode(),
        413,
        "too-large",
        "at most 10,000",
        "/api/imports",
        ("text",),
    ),
    "a long unknown name": Bad(
        json.dumps({"n" * 1_000_000: 1}).encode(), 422, "invalid-input", "n: is not a field here"
    ),
}


def post(client: FlaskClient, path: str, body: bytes, **options: Any) -> Any:
    return client.post(path, data=body, content_type="application/json", **options)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(("body", "detail"), MALFORMED.values(), ids=MALFORMED)
def test_a_body_that_is_no_json_is_refused(
    client: FlaskClient, check_problem: CheckProblem, path: str, body: bytes, detail: str
) -> None:
    if "twice" in detail and path in {"/api/profiles", "/api/imports"}:
        body = (
            b'{"seed": {}, "seed": {}}' if path == "/api/profiles" else b'{"text":"a","text":"b"}'
        )
        detail = "twice in one object"
    problem = check_problem(post(client, path, body), 400, "malformed-request", "body")
    assert any(words in problem.detail for words in detail.split("|"))


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_request_that_cannot_be_answered_says_why(
    client: FlaskClient, check_problem: CheckProblem, bad: Bad
) -> None:
    response = post(client, bad.path, bad.body)
    problem = check_problem(response, bad.status, bad.slug, bad.detail)
    if bad.fields:
        assert tuple(fault.field for fault in problem.errors) == bad.fields
    assert len(response.data) < 5_000


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "json"]
)
def test_a_body_must_say_that_it_is_json(
    client: FlaskClient, check_problem: CheckProblem, content_type: str | None
) -> None:
    response = client.post(RECOMMEND, data=seeded(), content_type=content_type)
    check_problem(response, 415, "unsupported-media-type", "Content-Type: application/json")


def test_a_packed_body_is_refused(client: FlaskClient, check_problem: CheckProblem) -> None:
    response = post(client, RECOMMEND, seeded(), headers={"Content-Encoding": "gzip"})
    check_problem(response, 415, "unsupported-media-type", "without Content-Encoding")


def test_a_body_may_name_its_encoding(client: FlaskClient) -> None:
    kind = "application/json; charset=utf-8"
    assert client.post(RECOMMEND, data=seeded(), content_type=kind).status_code == 200


@pytest.mark.parametrize("known_length", [True, False])
@pytest.mark.parametrize("bytes_over", [0, 1, 18 * 1024 * 1024])
def test_a_body_holds_two_mebibytes(
    client: FlaskClient, check_problem: CheckProblem, *, known_length: bool, bytes_over: int
) -> None:
    body = seeded(size=3)
    body += b" " * (2 * 1024 * 1024 + bytes_over - len(body))
    headers = {} if known_length else {"Transfer-Encoding": "chunked"}
    environ = {} if known_length else {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    response = post(client, RECOMMEND, body, headers=headers, environ_overrides=environ)
    if bytes_over:
        check_problem(response, 413, "too-large", "2 MiB")
    else:
        assert len(response.get_json()["tracks"]) == 3


@pytest.mark.parametrize("path", ["/nowhere", "/api", "/api/features/", "//api/features"])
def test_an_unknown_address_is_a_problem(
    client: FlaskClient, check_problem: CheckProblem, path: str
) -> None:
    check_problem(client.get(path, base_url="http://localhost"), 404, "not-found", "GET /")


def test_a_wrong_method_is_told_the_right_ones(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    response = client.get(RECOMMEND)
    check_problem(response, 405, "method-not-allowed", "Allow")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("limit=1&limit=2", "limit"),
        ("page=2", "page"),
    ],
)
@pytest.mark.parametrize("path", ["/api/playlists", f"/api/playlists/{PARTY}"])
def test_a_wrong_page_is_a_problem(
    client: FlaskClient, check_problem: CheckProblem, path: str, query: str, field: str
) -> None:
    problem = check_problem(client.get(f"{path}?{query}"), 422, "invalid-input", field)
    assert [fault.field for fault in problem.errors] == [field]


@pytest.mark.parametrize("playlist", ["nothing", "x" * 5_000, "%00", "%F0%9F%8E%B5", "%ff"])
def test_an_unknown_playlist_is_a_problem(
    client: FlaskClient, check_problem: CheckProblem, playlist: str
) -> None:
    check_problem(client.get(f"/api/playlists/{playlist}"), 404, "not-found", "no playlist")


@pytest.mark.parametrize("path", POSTS)
def test_without_a_snapshot_every_question_is_told_to_come_back(
    empty_client: FlaskClient, check_problem: CheckProblem, path: str
) -> None:
    asked = {"text": "a"} if path == "/api/imports" else {"seed": {"track_ids": ["a"]}}
    response = empty_client.post(path, json=asked)
    check_problem(response, 503, "snapshot-missing", "python -m spotai snapshot")
    assert int(response.headers["Retry-After"]) > 0


def test_without_a_database_playlists_wait_and_its_address_stays_ours(
    client_without_database: FlaskClient, check_problem: CheckProblem
) -> None:
    for response in (
        client_without_database.get("/api/playlists"),
        client_without_database.post(RECOMMEND, data=seeded(), content_type="application/json"),
    ):
        check_problem(response, 503, "database-unavailable", "does not answer")
        assert b"sqlite" not in response.data
        assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("status", "answered", "slug"), [(418, 400, "malformed-request"), (502, 500, "internal")]
)
def test_a_status_that_is_none_of_ours_is_answered_as_one_that_is(
    settings: Settings, check_problem: CheckProblem, status: int, answered: int, slug: str
) -> None:
    app = create_app(settings)
    app.add_url_rule("/odd", "odd", lambda: abort(status))
    check_problem(app.test_client().get("/odd"), answered, slug, "")


def test_a_fault_of_ours_is_logged_and_not_told(
    settings: Settings, check_problem: CheckProblem, caplog: pytest.LogCaptureFixture
) -> None:
    broken = create_app(settings)
    broken.extensions[EXTENSION] = None  # a state no handler can work with
    response = broken.test_client().get("/readyz")
    check_problem(response, 500, "internal", "The log")
    assert b"NoneType" not in response.data
    assert "NoneType" in caplog.text


RECIPE_WORDS = (
    *("seed", "track_ids", "playlist_id", "pins", "bans", "text", "order", "size", "contrast"),
    *("strictness", "filters", "variety", "tempo_octaves", "features", "tempo", "key", "mode"),
    *("selected", "target", "weight", "min", "max", "only"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(RECIPE_WORDS),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
NUMBER = st.none() | st.integers(-3, 500) | st.floats()
ALMOST = st.fixed_dictionaries(
    {"seed": st.just({"playlist_id": PARTY}) | JSON},
    optional={
        "features": st.dictionaries(
            st.sampled_from(NAMES),
            st.fixed_dictionaries(
                {},
                optional={
                    "target": NUMBER,
                    "min": NUMBER,
                    "max": NUMBER,
                    "selected": st.booleans() | st.none(),
                    "weight": st.sampled_from(["off", "low", "normal", "high"]),
                    "only": st.lists(st.integers(-1, 12), max_size=3) | st.none(),
                },
            ),
            max_size=4,
        ),
        "size": st.integers(-1, 501),
        "contrast": st.floats(0, 1) | NUMBER,
        "strictness": st.floats(0, 1) | NUMBER,
        "tempo_octaves": st.booleans(),
        "filters": JSON,
        "bans": st.lists(st.text(min_size=1), max_size=3),
    },
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(body=JSON | ALMOST, path=st.sampled_from(POSTS))
def test_no_body_brings_the_server_down(app: Flask, body: object, path: str) -> None:
    response = app.test_client().post(
        path, data=json.dumps(body).encode(), content_type="application/json"
    )
    assert response.status_code < 500, response.data
    if response.status_code >= 400:
        assert response.mimetype == "application/problem+json"


@hypothesis_settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=200))
def test_no_bytes_bring_the_server_down(app: Flask, body: bytes) -> None:
    response = app.test_client().post(RECOMMEND, data=body, content_type="application/json")
    assert 400 <= response.status_code < 500


def test_bad_input_changes_nothing(client: FlaskClient, settings: Settings) -> None:
    def fingerprint() -> dict[Path, str]:
        files = (path for path in settings.data_dir.rglob("*") if path.is_file())
        return {
            path: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if not path.name.endswith(("-shm", "-wal"))
        }

    before = fingerprint()
    for bad in BAD.values():
        assert post(client, bad.path, bad.body).status_code >= 400
    for body, _ in MALFORMED.values():
        assert post(client, RECOMMEND, body).status_code >= 400
    assert fingerprint() == before
    assert len(before) > 10
