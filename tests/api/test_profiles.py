"""``POST /api/profiles``: what makes the made-up playlists what they are called."""

from __future__ import annotations

import numpy as np
import pytest
from flask.testing import FlaskClient

from spotai.features import BY_NAME, NAMES, fifths
from spotai.search import Snapshot
from tests.api.conftest import CheckProblem

PARTY = "demoplaylist0000000003"
WHO = ("playlist", "catalog")


def test_a_playlist_is_described_feature_by_feature(client: FlaskClient) -> None:
    answer = client.post("/api/profiles", json={"seed": {"playlist_id": PARTY}}).get_json()
    features = {seen["feature"]: seen for seen in answer["features"]}
    assert sorted(features) == sorted(NAMES)
    telling = [seen["telling"] for seen in answer["features"]]
    assert telling == sorted(telling, reverse=True)
    assert sum(seen["selected"] for seen in answer["features"]) == 8
    dance = features["danceability"]
    assert dance["centre"] > dance["catalog_centre"] + 0.1
    low, _, high = dance["quartiles"]
    assert low <= dance["centre"] <= high
    assert dance["shown"] == BY_NAME["danceability"].show(dance["centre"])
    assert features["key"]["quartiles"] is None
    assert features["key"]["catalog_shown"] is None
    assert all(seen["known"] + seen["unknown"] == answer["songs"] for seen in features.values())


def test_each_feature_is_laid_over_the_catalog(client: FlaskClient, snapshot: Snapshot) -> None:
    answer = client.post("/api/profiles", json={"seed": {"playlist_id": PARTY}}).get_json()
    assert len(answer["features"]) == 15
    for seen in answer["features"]:
        feature = BY_NAME[seen["feature"]]
        if feature.kind != "numeric":
            assert seen["histogram"] is None
            order = fifths if feature.kind == "circular" else None
            expected = sorted(feature.choices, key=order)
            assert [share["value"] for share in seen["shares"]] == expected
            totals = [sum(share[who] for share in seen["shares"]) for who in WHO]
            assert totals == pytest.approx([1, 1])
            continue
        assert seen["shares"] is None
        edges = seen["histogram"]["edges"]
        assert len(edges) - 1 == len(seen["histogram"]["playlist"])
        assert [sum(seen["histogram"][who]) for who in WHO] == pytest.approx([1, 1])
        values = snapshot.values(feature.name)
        values = values[~np.isnan(values)]
        share = ((values >= edges[5]) & (values < edges[6])).mean()
        assert seen["histogram"]["catalog"][5] == pytest.approx(share)
    dance = next(seen for seen in answer["features"] if seen["feature"] == "danceability")
    upper = {who: sum(dance["histogram"][who][12:]) for who in WHO}
    assert upper["playlist"] > upper["catalog"] + 0.2


def test_each_feature_says_where_it_stands_and_what_it_weighs(
    client: FlaskClient, snapshot: Snapshot
) -> None:
    answer = client.post("/api/profiles", json={"seed": {"playlist_id": PARTY}}).get_json()
    features = {seen["feature"]: seen for seen in answer["features"]}
    dance = features["danceability"]
    values = snapshot.values("danceability")
    share = (values < dance["centre"]).mean()
    assert dance["percentile"] == pytest.approx(100 * share, abs=0.1)
    assert dance["standing"] == f"more danceable than {round(100 * share)} % of songs"
    mode = features["mode"]
    most = max(mode["shares"], key=lambda each: each["playlist"])
    assert mode["percentile"] is None
    assert mode["standing"].startswith(f"{100 * most['playlist']:.0f} % in a {mode['shown']} key, ")
    influence = [seen["influence"] for seen in answer["features"]]
    assert sum(influence) == pytest.approx(100)
    assert all(seen["selected"] for seen in answer["features"] if seen["influence"] > 0)
    assert all(seen["spread"] > 0 for seen in answer["features"])
    assert all(seen["distinctiveness"] >= 0.05 for seen in answer["features"])


def varied(snapshot: Snapshot) -> dict[str, list[str]]:
    """A seed of the calmest and the most energetic songs."""
    energy = np.argsort(snapshot.values("energy"), kind="stable")
    rows = np.concatenate([energy[:60], energy[-40:]])
    return {"track_ids": [i.decode() for i in snapshot.ids[rows]]}


def test_a_varied_set_has_facets_and_each_a_profile(
    client: FlaskClient, snapshot: Snapshot
) -> None:
    seed = varied(snapshot)
    whole = client.post("/api/profiles", json={"seed": seed}).get_json()
    assert (whole["songs"], whole["facet"]) == (100, None)
    assert [(f["number"], f["songs"]) for f in whole["facets"]] == [(1, 60), (2, 40)]
    names = [song["id"] for song in whole["facets"][1]["examples"]]
    assert len(names) == 3
    assert set(names) <= set(seed["track_ids"][60:])
    parts = [
        client.post("/api/profiles", json={"seed": seed, "facet": n}).get_json() for n in (1, 2)
    ]
    assert [part["songs"] for part in parts] == [60, 40]
    assert all(part["facets"] == whole["facets"] for part in parts)
    calm, energetic = (
        next(seen for seen in part["features"] if seen["feature"] == "energy") for part in parts
    )
    assert calm["centre"] < energetic["centre"] - 0.4


@pytest.mark.parametrize("path", ["profiles", "recommendations", "matches"])
def test_a_facet_beyond_those_there_are_is_refused(
    client: FlaskClient, snapshot: Snapshot, check_problem: CheckProblem, path: str
) -> None:
    answer = client.post(f"/api/{path}", json={"seed": varied(snapshot), "facet": 3})
    problem = check_problem(answer, 422, "invalid-recipe", "this playlist has 2 moods")
    assert problem.errors is not None
    assert problem.errors[0].field == "facet"


def test_unknown_songs_are_named_with_the_reason(client: FlaskClient) -> None:
    playlist = client.get(f"/api/playlists/{PARTY}?limit=2").get_json()
    known = [track["id"] for track in playlist["tracks"]]
    seed = {"track_ids": [known[0], "no such song", known[1], known[0]]}
    answer = client.post("/api/profiles", json={"seed": seed}).get_json()
    assert answer["songs"] == 2
    assert answer["unknown"] == [
        {
            "id": "no such song",
            "reason": "not_in_catalog",
            "missing": [],
            "text": "not in the catalog",
        }
    ]
    assert answer["generation"] == 1


def test_without_the_database_songs_are_profiled_all_the_same(
    client_without_database: FlaskClient, snapshot: Snapshot
) -> None:
    seed = {"track_ids": [snapshot.ids[0].decode(), "no such song"]}
    answer = client_without_database.post("/api/profiles", json={"seed": seed}).get_json()
    assert answer["songs"] == 1
    assert [song["reason"] for song in answer["unknown"]] == ["not_searchable"]
