"""``POST /api/imports``: what people paste becomes songs; the rest gets a reason."""

from __future__ import annotations

from flask.testing import FlaskClient

from spotai.api.schemas import LONGEST_IMPORT
from spotai.search import Snapshot


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


def test_a_text_has_a_bounded_length(client: FlaskClient) -> None:
    answer = client.post("/api/imports", json={"text": " " * LONGEST_IMPORT + "x"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "text"
    assert client.post("/api/imports", json={"text": "x" * LONGEST_IMPORT}).status_code == 200
