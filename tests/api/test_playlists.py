"""``GET /api/playlists``: the made-up playlists, in pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from spotai.catalog.demo import demo_playlists


def test_the_playlists_are_the_made_up_ones(client: FlaskClient) -> None:
    answer = client.get("/api/playlists").get_json()
    expected = sorted(demo_playlists(4_000), key=lambda each: (-each.followers, each.id))
    assert [item["id"] for item in answer["items"]] == [each.id for each in expected]
    assert [item["tracks"] for item in answer["items"]] == [len(e.track_ids) for e in expected]
    assert answer["source"] == "demo"
    assert (answer["total"], answer["limit"], answer["offset"]) == (len(expected), 50, 0)


@pytest.mark.parametrize(("limit", "offset"), [(5, 0), (5, 10), (1, 3), (100, 1_000)])
def test_a_page_is_a_part_of_the_list(client: FlaskClient, limit: int, offset: int) -> None:
    everything = client.get("/api/playlists").get_json()
    page = client.get(f"/api/playlists?limit={limit}&offset={offset}").get_json()
    assert page["items"] == everything["items"][offset : offset + limit]
    assert page["total"] == everything["total"]
    assert page["source"] == "demo"


def test_a_playlist_comes_with_its_tracks_in_order(client: FlaskClient) -> None:
    expected = next(iter(demo_playlists(4_000)))
    whole = client.get(f"/api/playlists/{expected.id}?limit=100").get_json()
    assert whole["name"] == expected.name
    assert [track["id"] for track in whole["tracks"]] == list(expected.track_ids)
    assert (whole["unknown"], whole["total"]) == ([], len(expected.track_ids))
    page = client.get(f"/api/playlists/{expected.id}?limit=2&offset=3").get_json()
    assert page["tracks"] == whole["tracks"][3:5]
