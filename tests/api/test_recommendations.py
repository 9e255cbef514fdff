"""``POST /api/recommendations`` and ``/api/matches``: the pipeline's answer, whole and in order."""

from __future__ import annotations

import copy
from functools import reduce
from operator import getitem
from typing import Any

import pytest
from flask.testing import FlaskClient

from spotai.features import NAMES
from spotai.recommend import Recipe, recommend
from spotai.search import Snapshot

PARTY = "demoplaylist0000000003"


def seed_ids(snapshot: Snapshot, count: int = 10) -> list[str]:
    return [snapshot.ids[row].decode() for row in range(0, 40 * count, 40)]


def test_a_playlist_brings_songs_with_reasons(client: FlaskClient) -> None:
    answer = client.post(
        "/api/recommendations", json={"seed": {"playlist_id": PARTY}, "size": 5}
    ).get_json()
    playlist = client.get(f"/api/playlists/{PARTY}?limit=100").get_json()
    assert answer["seeds"] == {"known": playlist["total"], "unknown": []}
    assert (answer["generation"], answer["loosenings"]) == (1, [])
    assert len(answer["tracks"]) == 5 < answer["total_matches"]
    distances = [track["distance"] for track in answer["tracks"]]
    assert distances == sorted(distances)
    assert not {t["id"] for t in answer["tracks"]} & {t["id"] for t in playlist["tracks"]}
    best = answer["tracks"][0]
    assert list(best["features"]) == list(NAMES)
    assert best["demo"]
    assert best["url"] is None
    assert isinstance(best["features"]["duration_ms"], int)
    assert 0.5 < best["match"] <= 1
    assert best["reasons"]
    assert set(best["reasons"][0]) == {"feature", "value", "aim", "contribution", "text"}


def test_the_answer_is_that_of_the_pipeline(client: FlaskClient, snapshot: Snapshot) -> None:
    recipe = {
        "seed": {"track_ids": [*seed_ids(snapshot), "0" * 22]},
        "features": {"tempo": {"target": 128.5, "weight": "high"}, "mode": {"only": [1]}},
        "size": 20,
    }
    expected = recommend(snapshot, Recipe.model_validate_json(_json(recipe)), lambda _: ())
    answer = client.post("/api/recommendations", json=recipe).get_json()
    assert [t["id"] for t in answer["tracks"]] == [r.song.id for r in expected.songs]
    assert [t["distance"] for t in answer["tracks"]] == [r.distance for r in expected.songs]
    assert [[r["text"] for r in t["reasons"]] for t in answer["tracks"]] == [
        [reason.text for reason in r.reasons] for r in expected.songs
    ]
    assert answer["total_matches"] == expected.total_matches
    assert answer["seeds"]["unknown"] == ["0" * 22]
    assert {t["features"]["mode"] for t in answer["tracks"]} == {1.0}


def test_a_pinned_song_is_listed_and_says_what_it_fails(
    client: FlaskClient, snapshot: Snapshot
) -> None:
    pin, *seeds = seed_ids(snapshot)
    tempo = snapshot.values("tempo")[0]
    recipe = {
        "seed": {"track_ids": seeds},
        "features": {"tempo": {"min": tempo + 1}},
        "pins": [pin],
    }
    tracks = client.post("/api/recommendations", json=recipe).get_json()["tracks"]
    (pinned,) = [track for track in tracks if track["pinned"]]
    assert (pinned["id"], pinned["fails"]) == (pin, ["features.tempo"])


def test_what_of_the_recipe_changes_nothing_is_said(client: FlaskClient) -> None:
    recipe = {
        "seed": {"playlist_id": PARTY},
        "features": {"tempo": {"selected": False}},
        "tempo_octaves": True,
        "bans": ["x" * 22],
    }
    octaves, bans = client.post("/api/recommendations", json=recipe).get_json()["notes"]
    assert octaves.startswith("Half and double time (tempo_octaves) change nothing: tempo does not")
    assert bans.startswith("The ban changes nothing")


def test_a_pin_that_cannot_be_listed_says_why(client: FlaskClient) -> None:
    recipe = {"seed": {"playlist_id": PARTY}, "pins": ["x" * 22]}
    for path in ("/api/recommendations", "/api/matches"):
        answer = client.post(path, json=recipe)
        assert answer.status_code == 422
        assert answer.get_json()["detail"].endswith("cannot be listed: not in the catalog")


@pytest.mark.parametrize("limit", [60, 180, 399])
def test_matches_are_counted_without_a_list(client: FlaskClient, limit: int) -> None:
    recipe = {"seed": {"playlist_id": PARTY}, "features": {"tempo": {"min": limit}}}
    listed = client.post("/api/recommendations", json=recipe).get_json()
    counted = client.post("/api/matches", json=recipe).get_json()
    kept = ("total_matches", "generation", "biting")
    assert {name: counted[name] for name in kept} == {name: listed[name] for name in kept}
    assert bool(counted["loosenings"]) == (counted["total_matches"] < 30)
    assert all(each["listed"] is None for each in counted["loosenings"])


def test_a_list_that_the_artist_cap_leaves_short_says_so_and_how_to_fill_it(
    client: FlaskClient,
) -> None:
    recipe: dict[str, Any] = {
        "seed": {"playlist_id": PARTY},
        "size": 20,
        "features": {"popularity": {"min": 60}},
        "variety": {"artist_cap": 1, "one_version_per_song": False},
        "filters": {"genres": ["rock"]},
    }
    recipe["size"] = client.post("/api/matches", json=recipe).get_json()["total_matches"]
    answer = client.post("/api/recommendations", json=recipe).get_json()
    assert len(answer["tracks"]) < recipe["size"] == answer["total_matches"]
    (bites,) = answer["biting"]
    assert (bites["field"], bites["passing"]) == ("variety.artist_cap", len(answer["tracks"]))
    for each in answer["loosenings"]:
        (change,) = each["changes"]
        recipe["variety"]["artist_cap"] = change["value"]
        looser = client.post("/api/recommendations", json=recipe).get_json()
        assert len(looser["tracks"]) == each["listed"] > len(answer["tracks"])
    assert answer["loosenings"][0]["listed"] == recipe["size"]


@pytest.mark.parametrize(
    "limits",
    [
        {"features": {"tempo": {"min": 399}}},
        {"features": {"tempo": {"min": 120, "max": 121}, "key": {"only": [0]}}, "strictness": 0.6},
        {"features": {"mode": {"only": [0]}}, "filters": {"genres": ["rock"]}, "strictness": 0.9},
        {"filters": {"explicit": True, "min_playlist_followers": 1_000_000}},
        {"strictness": 1.0},
    ],
)
def test_a_loosening_set_in_the_recipe_brings_exactly_what_it_says(
    client: FlaskClient, limits: dict[str, Any]
) -> None:
    recipe = {"seed": {"playlist_id": PARTY}} | limits
    answer = client.post("/api/matches", json=recipe).get_json()
    assert answer["loosenings"]
    for loosening in answer["loosenings"]:
        looser = copy.deepcopy(recipe)
        for change in loosening["changes"]:
            *parts, name = change["field"].split(".")
            reduce(getitem, parts, looser)[name] = change["value"]
        total = client.post("/api/matches", json=looser).get_json()["total_matches"]
        assert total == answer["total_matches"] + loosening["gain"] == loosening["matches"]


def test_no_match_says_what_bites(client: FlaskClient) -> None:
    recipe = {"seed": {"playlist_id": PARTY}, "features": {"tempo": {"min": 399}}}
    answer = client.post("/api/matches", json=recipe).get_json()
    assert answer["biting"] == [
        {"field": "features.tempo", "text": "Tempo from 399 BPM", "passing": 0}
    ]


def test_the_same_recipe_brings_the_same_list(client: FlaskClient) -> None:
    recipe = {"seed": {"playlist_id": PARTY}, "contrast": 0.3, "strictness": 0.2}
    assert (
        client.post("/api/recommendations", json=recipe).data
        == client.post("/api/recommendations", json=recipe).data
    )


def test_recommendations_go_on_without_a_database(
    client_without_database: FlaskClient, client: FlaskClient, snapshot: Snapshot
) -> None:
    recipe = {"seed": {"track_ids": seed_ids(snapshot)}}
    answer = client_without_database.post("/api/recommendations", json=recipe)
    assert answer.status_code == 200
    assert answer.data == client.post("/api/recommendations", json=recipe).data


def _json(recipe: dict[str, Any]) -> str:
    return Recipe.model_validate(recipe, strict=False).model_dump_json()
