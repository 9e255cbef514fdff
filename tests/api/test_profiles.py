"""``POST /api/profiles``: what makes the made-up playlists what they are called."""

from __future__ import annotations

import numpy as np
import pytest
from flask.testing import FlaskClient

from spotai.features import BY_NAME, NAMES
from spotai.search import Snapshot

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
            assert [share["value"] for share in seen["shares"]] == sorted(feature.choices)
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


def test_unknown_songs_are_named(client: FlaskClient) -> None:
    playlist = client.get(f"/api/playlists/{PARTY}?limit=2").get_json()
    known = [track["id"] for track in playlist["tracks"]]
    seed = {"track_ids": [known[0], "no such song", known[1], known[0]]}
    answer = client.post("/api/profiles", json={"seed": seed}).get_json()
    assert (answer["songs"], answer["unknown"]) == (2, ["no such song"])
    assert answer["generation"] == 1
