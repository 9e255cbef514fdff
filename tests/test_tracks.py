"""Tracks as rows that are ready to be stored."""

from __future__ import annotations

from spotai.tracks import GROUPS, VALUES, Album, Artist, Track, TrackRows, rows_of

ID = "x" * 22
FULL = Track(
    id=ID,
    source="somewhere",
    title="Title",
    artists=(Artist("a" * 22, "One"), Artist("b" * 22, "Two")),
    album=Album("c" * 22, "Album"),
    release_date="1999",
    explicit=False,
    genres=("rock", "pop", "rock"),
    artwork="https://example.org/x.jpg",
    features={"tempo": 120.0, "popularity": 0.0},
    isrc="XXABC1234567",
)


def groups(rows: TrackRows, row: int) -> set[str]:
    return {group for bit, group in enumerate(GROUPS) if rows.groups[row] >> bit & 1}


def test_a_track_as_a_row() -> None:
    rows = rows_of([FULL])
    said = dict(zip(VALUES, rows.values[0], strict=True))
    assert {name: value for name, value in said.items() if value is not None} == {
        "id": ID,
        "title": "Title",
        "album_id": "c" * 22,
        "explicit": False,
        "release_date": "1999",
        "artwork": "https://example.org/x.jpg",
        "isrc": "XXABC1234567",
        "tempo": 120.0,
        "popularity": 0.0,
    }
    assert (rows.sources, rows.artists) == (["somewhere"], [("a" * 22, "b" * 22)])
    assert rows.genres == [("pop", "rock")]
    assert rows.artist_names == {("a" * 22, "One"), ("b" * 22, "Two")}
    assert rows.album_names == {("c" * 22, "Album")}


def test_a_row_knows_which_groups_it_tells_of() -> None:
    rows = rows_of(
        [
            FULL,
            Track(id=ID, source="s"),
            Track(id=ID, source="s", explicit=False),
            Track(id=ID, source="s", artists=(Artist("a" * 22, "One"),)),
            Track(id=ID, source="s", features={"release_year": 1999.0}),
        ]
    )
    assert groups(rows, 0) == set(GROUPS) - {"duration", "meter"}
    assert groups(rows, 1) == set()
    assert groups(rows, 2) == {"explicit"}
    assert groups(rows, 3) == {"text"}
    assert groups(rows, 4) == {"release"}


def test_rows_can_be_chosen_and_joined() -> None:
    rows = rows_of([FULL, Track(id="y" * 22, source="s")])
    second = rows.at([1])
    assert (len(second), second.values[0][0], second.artist_names) == (1, "y" * 22, set())
    second.extend(rows)
    assert [values[0] for values in second.values] == ["y" * 22, ID, "y" * 22]
    assert second.artist_names == rows.artist_names
