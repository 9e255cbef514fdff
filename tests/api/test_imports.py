"""``POST /api/imports``: what people paste becomes songs; the rest gets a reason."""

from __future__ import annotations

import gzip
import io
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from spotai.api import imports
from spotai.api.schemas import LONGEST_IMPORT
from spotai.api.state import EXTENSION, IMPORTS_AT_ONCE
from spotai.search import Snapshot
from tests.api.conftest import CheckProblem

ONE = b"spotify:track:" + b"0" * 22 + b"\n"


def test_ids_uris_and_links_become_songs(client: FlaskClient, snapshot: Snapshot) -> None:
    first, second, third = (snapshot.ids[row].decode() for row in (5, 3, 4))
    text = (
        f"# my songs\n{first}, spotify:track:{second}\n\n"
        f"https://open.spotify.com/intl-de/track/{third}?si=abc {first}\r\n"
        "https://open.spotify.com/album/0000000000000000000000\n"
        f"{'0' * 22}\n"
    )
    answer = client.post("/api/imports", json={"text": text}).get_json()
    assert [track["id"] for track in answer["tracks"]] == [first, second, third]
    assert answer["tracks"][0]["name"] == snapshot.song(5).title
    assert answer["duplicates"] == 1
    album, unknown = answer["unmatched"]
    assert (album["line"], unknown["line"]) == (5, 6)
    assert "is no track" in album["reason"]
    assert unknown["text"] == "0" * 22
    assert "no song of the catalog" in unknown["reason"]


def test_a_song_nobody_has_is_a_duplicate_the_second_time(client: FlaskClient) -> None:
    answer = client.post("/api/imports", json={"text": f"{'0' * 22}\n{'0' * 22}"}).get_json()
    assert (len(answer["unmatched"]), answer["duplicates"]) == (1, 1)


def test_text_without_songs_is_all_reasons(client: FlaskClient) -> None:
    answer = client.post("/api/imports", json={"text": "hello world"}).get_json()
    assert answer["tracks"] == []
    assert [each["line"] for each in answer["unmatched"]] == [1, 1]


def test_every_song_of_the_catalog_can_be_pasted_at_once(
    client: FlaskClient, snapshot: Snapshot
) -> None:
    text = "\n".join(track.decode() for track in snapshot.ids)
    answer = client.post("/api/imports", json={"text": text}).get_json()
    assert len(answer["tracks"]) == len(snapshot)
    assert answer["unmatched"] == []


MEANT = "0aZ" + "1" * 19
PASTED = {
    "exportify": f'Track URI,Track Name,Artist Name(s)\nspotify:track:{MEANT},"A, B",C\n,No,C\n',
    "tabs": f"name\ttrack_id\nA, B\t{MEANT}\nNo\t\n",
    "m3u": f"#EXTM3U\r\n#EXTINF:1,A - B\r\nspotify:track:{MEANT}\r\nno.mp3\r\n",
    "markdown": f"[A](spotify:track:{MEANT}) and prose\n[No](spotify:track:{'0' * 22})\n",
    "jspf": json.dumps({"playlist": {"track": [{"identifier": f"spotify:track:{MEANT}"}, {}]}}),
    "prose": f"Use this song, https://open.spotify.com/track/{MEANT}\nand\u2028no other\n",
}


@pytest.mark.parametrize(
    ("kind", "unmatched"),
    [
        ("exportify", [(3, "No – C", "no song of the catalog has this title and artist")]),
        ("tabs", [(3, "No", "names no track: neither Spotify id")]),
        ("m3u", [(4, "no", "names no artist")]),
        ("markdown", [(2, "0" * 22, "no song of the catalog has this id")]),
        ("jspf", [(2, "", "names no track")]),
        (
            "prose",
            [(1, "Use this song", "'Use' is no track id"), (2, "and\u2028no other", "'and'")],
        ),
    ],
)
def test_any_playlist_format_may_be_pasted_or_uploaded(
    client: FlaskClient, snapshot: Snapshot, kind: str, unmatched: list[tuple[int, str, str]]
) -> None:
    song = snapshot.ids[5].decode()
    text = PASTED[kind].replace(MEANT, song)
    pasted = client.post("/api/imports", json={"text": text}).get_json()
    assert [track["id"] for track in pasted["tracks"]] == [song]
    for found, (line, shown, reason) in zip(pasted["unmatched"], unmatched, strict=True):
        assert found["line"] == line
        assert found["text"].startswith(shown)
        assert reason in found["reason"]
    uploaded = upload(client, text.encode(), "mine").get_json()
    assert uploaded["tracks"] == pasted["tracks"]
    places = [(each["line"], each["reason"]) for each in pasted["unmatched"]]
    assert [(each["line"], each["reason"]) for each in uploaded["unmatched"]] == places


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "is a Git LFS pointer"),
        ("CREATE TABLE `songs` (id INT);\n", "is an SQL dump"),
        ("INSERT INTO songs VALUES (1);\n", "is an SQL dump"),
        ("<!DOCTYPE html><html></html>", "is a web page"),
        ('{"playlist": {"track": [', "the JSON is cut off"),
        ('[{"track": "A"}]', "neither a table"),
        ("Track Name,Artist Name(s)\nA,B\n", "lacks Track URI"),
    ],
)
def test_a_pasted_text_that_is_something_else_says_what(
    client: FlaskClient, check_problem: CheckProblem, text: str, says: str
) -> None:
    problem = check_problem(
        client.post("/api/imports", json={"text": text}), 422, "unreadable-file", says
    )
    uploaded = check_problem(upload(client, text.encode()), 422, "unreadable-file", says)
    assert problem.detail.replace("the text", "mine.txt") == uploaded.detail


@pytest.mark.parametrize("word", ["Create", "Insert", "Drop", "Lock", "Set", "Use"])
def test_prose_that_begins_like_sql_is_prose(client: FlaskClient, word: str) -> None:
    answer = client.post("/api/imports", json={"text": f"{word} the songs of my tables"})
    assert len(answer.get_json()["unmatched"]) == 6


def test_a_number_beyond_all_doubles_is_a_reason(client: FlaskClient) -> None:
    track = {"title": "a", "creator": "b", "duration": 10**400}
    text = json.dumps({"playlist": {"track": [track]}})
    answer = client.post("/api/imports", json={"text": text})
    assert answer.status_code == 200
    (unmatched,) = answer.get_json()["unmatched"]
    assert "duration_ms is inf" in unmatched["reason"]


def test_few_imports_are_read_at_once(
    app: Flask, check_problem: CheckProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "TURN_SECONDS", 0.05)
    client = app.test_client()
    turns = app.extensions[EXTENSION].imports
    with ExitStack() as taken:
        for _ in range(IMPORTS_AT_ONCE):
            taken.enter_context(turns)
        for body in ({"json": {"text": "x"}}, {"data": ONE, "content_type": "text/plain"}):
            response = client.post("/api/imports", **body)
            check_problem(response, 503, "busy", "again")
            assert response.headers["Retry-After"] == "5"
    for _ in range(IMPORTS_AT_ONCE + 1):
        assert client.post("/api/imports", json={"text": "x"}).status_code == 200
        assert client.post("/api/imports", json={"text": "<html>"}).status_code == 422


def test_a_text_has_a_bounded_length(client: FlaskClient) -> None:
    answer = client.post("/api/imports", json={"text": " " * LONGEST_IMPORT + "x"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "text"
    assert client.post("/api/imports", json={"text": "x" * LONGEST_IMPORT}).status_code == 200


def upload(client: FlaskClient, data: bytes, name: str = "mine.txt") -> TestResponse:
    # Encoded here: the client would leave a temporary file open.
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(data), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/api/imports", data=body, content_type=kind)


def id_list(snapshot: Snapshot, *rows: int) -> bytes:
    return b"\n".join(snapshot.ids[row] for row in rows)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_comes_as_a_form_or_as_the_body(
    client: FlaskClient, snapshot: Snapshot, pack: Callable[[bytes], bytes]
) -> None:
    data = pack(id_list(snapshot, 5, 3) + b"\nnonsense\n")
    by_form = upload(client, data).get_json()
    by_body = client.post("/api/imports", data=data, content_type="application/octet-stream")
    assert by_form == by_body.get_json()
    assert [track["id"].encode() for track in by_form["tracks"]] == list(snapshot.ids[[5, 3]])
    assert [track["matched_by"] for track in by_form["tracks"]] == ["id", "id"]
    assert [each["line"] for each in by_form["unmatched"]] == [3]


@pytest.mark.parametrize(
    ("data", "status", "slug", "detail"),
    [
        pytest.param(b"PK\x03\x04", 422, "unreadable-file", "mine.txt is a zip", id="zip"),
        pytest.param(gzip.compress(ONE * 9)[:-9], 422, "unreadable-file", "incomplete", id="cut"),
        pytest.param(b"", 422, "unreadable-file", "mine.txt is empty", id="empty"),
        pytest.param(b"\xff\xfe\x00", 422, "unreadable-file", "mine.txt", id="binary"),
        pytest.param(b"x" * (10 * 2**20 + 1), 413, "too-large", "10 MiB", id="large"),
        pytest.param(b"x" * (12 * 2**20), 413, "too-large", "10 MiB", id="larger"),
        pytest.param(
            gzip.compress(b"track_id,note\n" + (ONE[:-1] + b"," + b"x" * 9_999 + b"\n") * 5_300),
            413,
            "too-large",
            "50 MiB",
            id="large unpacked",
        ),
        pytest.param(ONE * 10_001, 413, "too-large", "at most 10,000", id="too many"),
    ],
)
@pytest.mark.parametrize("as_form", [True, False])
def test_a_file_that_cannot_be_used_says_why(
    client: FlaskClient,
    check_problem: CheckProblem,
    data: bytes,
    status: int,
    slug: str,
    detail: str,
    *,
    as_form: bool,
) -> None:
    if as_form:
        response = upload(client, data)
    else:
        response = client.post("/api/imports", data=data, content_type="text/plain")
        detail = detail.replace("mine.txt", "the file")
    check_problem(response, status, slug, detail)
    assert b"/tmp" not in response.data


def test_an_upload_of_unknown_length_is_bounded_too(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    response = client.post(
        "/api/imports",
        data=b"#" * (11 * 2**20),
        content_type="text/plain",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
    )
    check_problem(response, 413, "too-large", "10 MiB")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"text": "a"},
        {"other": (io.BytesIO(b"a"), "a.txt")},
        {"file": [(io.BytesIO(b"a"), "a.txt"), (io.BytesIO(b"b"), "b.txt")]},
    ],
)
def test_a_form_holds_one_file(
    client: FlaskClient, check_problem: CheckProblem, form: dict[str, Any]
) -> None:
    response = client.post("/api/imports", data=form, content_type="multipart/form-data")
    problem = check_problem(response, 422, "invalid-input", "one file")
    assert [fault.field for fault in problem.errors] == ["file"]


def test_a_form_of_plain_fields_is_no_upload(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    response = client.post("/api/imports", data={"text": "a"})
    check_problem(response, 415, "unsupported-media-type", "multipart/form-data")


@contextmanager
def no_room_beyond(size: int) -> Iterator[None]:
    """Let the process write no file beyond ``size`` bytes, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", ["body", "form"])
def test_an_upload_without_room_on_the_disk_is_to_be_sent_later(
    client: FlaskClient, check_problem: CheckProblem, kind: str
) -> None:
    data, content_type = b"#" * 5_000_000, "text/plain"
    if kind == "form":
        file = FileStorage(io.BytesIO(data), "a.txt")
        boundary, data = encode_multipart({"file": file})
        content_type = f"multipart/form-data; boundary={boundary}"
    with no_room_beyond(1_500_000):
        response = client.post("/api/imports", data=data, content_type=content_type)
    check_problem(response, 503, "unavailable", "no room")
    assert response.headers["Retry-After"] == "5"


def test_the_name_of_a_file_is_repeated_as_it_can_be_shown(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    file = FileStorage(io.BytesIO(b"PK\x03\x04"), "\u202egpj.\x1b[31m\u2066csv")
    response = client.post("/api/imports", data={"file": file})
    check_problem(response, 422, "unreadable-file", "gpj.[31mcsv is a zip archive")


def test_links_are_imported_without_a_database(
    client_without_database: FlaskClient, snapshot: Snapshot
) -> None:
    answer = upload(client_without_database, id_list(snapshot, 5)).get_json()
    assert len(answer["tracks"]) == 1


@pytest.mark.parametrize("as_form", [True, False])
def test_an_upload_that_ends_early_is_not_taken_for_whole(
    client: FlaskClient, snapshot: Snapshot, check_problem: CheckProblem, *, as_form: bool
) -> None:
    boundary, body = encode_multipart(
        {"file": FileStorage(io.BytesIO(id_list(snapshot, 5, 3)), "mine.txt")}
    )
    kind = f"multipart/form-data; boundary={boundary}" if as_form else "text/plain"
    for length, input_ends in (("", True), (str(len(body)), True), (str(len(body)), False)):
        if not (length or as_form):
            continue  # the end of a plain body of unknown length is wherever it ends
        response = client.post(
            "/api/imports",
            data=body[:-20],
            content_type=kind,
            environ_overrides={"CONTENT_LENGTH": length, "wsgi.input_terminated": input_ends},
        )
        check_problem(response, 400, "malformed-request", "ended early")


def test_the_ids_of_a_table_are_taken_line_by_line(client: FlaskClient, snapshot: Snapshot) -> None:
    five, three = (snapshot.ids[row].decode() for row in (5, 3))
    header = "playlist_id,playlist_name,position,track_id"
    table = f'{header}\nmine,"a\nb",0,{five}\nmine,c,1,\nmine,d,2,{three}\n'
    answer = upload(client, table.encode(), "mine.csv").get_json()
    assert [(track["id"], track["line"]) for track in answer["tracks"]] == [(five, 2), (three, 5)]
    assert [each["line"] for each in answer["unmatched"]] == [4]


def test_a_line_without_an_end_is_no_list(client: FlaskClient, check_problem: CheckProblem) -> None:
    response = upload(client, gzip.compress(b" " * (2 * 2**20)))
    check_problem(
        response, 422, "unreadable-file", "mine.txt has a line of more than a million characters"
    )
