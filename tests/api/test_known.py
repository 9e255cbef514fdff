"""``/api/known``: songs the listener knows, and lists without them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from spotai.api.limits import kind_of
from spotai.search import Snapshot
from tests.api.conftest import CheckProblem, open_session

NEW = {"variety": {"familiar": "exclude"}, "size": 20}


def of_playlist(number: int, **fields: Any) -> dict[str, Any]:
    return {"seed": {"playlist_id": f"demoplaylist{number:010}"}, **fields}


def listed(client: FlaskClient, token: dict[str, str], recipe: Any) -> list[str]:
    response = client.post("/api/recommendations", json=recipe, headers=token)
    assert response.status_code == 200, response.text
    return [track["id"] for track in response.get_json()["tracks"]]


def test_known_songs_are_left_out_of_lists_and_counts(
    client: FlaskClient, token: dict[str, str]
) -> None:
    recipe = of_playlist(3, size=20)
    first = listed(client, token, recipe)
    before = client.post("/api/matches", json=recipe, headers=token).get_json()["total_matches"]
    added = client.post("/api/known", json={"text": "\n".join([*first, "no"])}, headers=token)
    answer = added.get_json()
    assert (answer["songs"], answer["added"], len(answer["unmatched"])) == (20, 20, 1)
    assert client.get("/api/known").get_json() == {"songs": 20, "spotify": None}

    assert listed(client, token, recipe) == first  # they are left out where that is asked for
    fresh = {**recipe, **NEW}
    assert not set(listed(client, token, fresh)) & set(first)
    after = client.post("/api/matches", json=fresh, headers=token).get_json()["total_matches"]
    assert after == before - 20


def test_they_come_from_files_and_are_forgotten(
    client: FlaskClient, token: dict[str, str], snapshot: Snapshot
) -> None:
    ids = [track.decode() for track in snapshot.ids[:3]]
    file = (io.BytesIO("\n".join(ids).encode()), "known.txt")
    response = client.post("/api/known", data={"file": file}, headers=token)
    assert response.get_json() == {"songs": 3, "added": 3, "unmatched": []}
    again = client.post("/api/known", json={"text": ids[0]}, headers=token).get_json()
    assert (again["songs"], again["added"]) == (3, 0)
    assert client.delete("/api/known", headers=token).get_json() == {"songs": 0, "spotify": None}
    assert client.get("/api/known").get_json() == {"songs": 0, "spotify": None}


def test_more_than_an_import_takes_are_read_at_once(
    client: FlaskClient, token: dict[str, str]
) -> None:
    many = "\n".join(f"{n:022}" for n in range(12_000)).encode()
    sent: dict[str, Any] = {"data": many, "content_type": "text/plain", "headers": token}
    assert client.post("/api/known", **sent).status_code == 200
    assert client.post("/api/imports", **sent).status_code == 413


def test_a_shared_link_that_leaves_known_songs_out_opens_for_everybody(
    client: FlaskClient, app: Flask, token: dict[str, str]
) -> None:
    link = client.post("/api/links", json=of_playlist(3, **NEW), headers=token).get_json()["link"]
    for asking, headers in ((client, token), (app.test_client(), {})):
        code = link.partition("?recipe=")[2]
        recipe = asking.get(f"/api/recipes/{code}").get_json()["recipe"]
        assert recipe["variety"]["familiar"] == "exclude"
        found = asking.post("/api/recommendations", json=recipe, headers=headers).get_json()
        assert found["notes"] == [
            "Leaving out songs you know changes nothing: none is known yet; add a file or links "
            "of them."
        ]
        counted = asking.post("/api/matches", json=recipe, headers=headers).get_json()
        assert len(found["tracks"]) == 20
        assert counted["total_matches"] == found["total_matches"]


def test_each_session_knows_its_own(
    client: FlaskClient, app: Flask, token: dict[str, str], snapshot: Snapshot
) -> None:
    client.post("/api/known", json={"text": snapshot.ids[0].decode()}, headers=token)
    other = app.test_client()
    assert other.get("/api/known").get_json() == {"songs": 0, "spotify": None}
    open_session(other)
    assert other.get("/api/known").get_json() == {"songs": 0, "spotify": None}


def test_changes_need_a_session_and_its_token(
    client: FlaskClient, app: Flask, token: dict[str, str], check_problem: CheckProblem
) -> None:
    assert token
    body = {"text": "x"}
    check_problem(client.post("/api/known", json=body), 403, "csrf", "")
    check_problem(client.delete("/api/known"), 403, "csrf", "")
    nobody = app.test_client()
    check_problem(nobody.post("/api/known", json=body), 401, "session-expired", "")
    check_problem(nobody.delete("/api/known"), 401, "session-expired", "")


def test_without_the_database_only_other_recipes_go_on(
    client: FlaskClient,
    client_without_database: FlaskClient,
    token: dict[str, str],
    snapshot: Snapshot,
    check_problem: CheckProblem,
) -> None:
    cookie = client.get_cookie("spotai_session")
    assert cookie is not None
    asking = client_without_database
    asking.set_cookie(cookie.key, cookie.value)
    recipe = {"seed": {"track_ids": [snapshot.ids[0].decode()]}}
    assert asking.post("/api/matches", json=recipe, headers=token).status_code == 200
    for response in (
        asking.post("/api/matches", json={**recipe, **NEW}, headers=token),
        asking.post("/api/known", json={"text": "x"}, headers=token),
        asking.get("/api/known"),
        asking.delete("/api/known", headers=token),
    ):
        check_problem(response, 503, "database-unavailable", "")


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/api/known", "imports"),
        ("GET", "/api/known", "reads"),
        ("DELETE", "/api/known", "searches"),
        ("POST", "/api/recipes", "searches"),
    ],
)
def test_what_is_sent_is_counted(method: str, path: str, kind: str) -> None:
    assert kind_of(method, path) == kind
