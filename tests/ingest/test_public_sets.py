"""Public data sets by name: what the arguments mean, and that the table is true."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from spotai.errors import FormatError, InputError
from spotai.features import FEATURES
from spotai.formats.layouts import LAYOUTS
from spotai.ingest.addresses import check_address
from spotai.ingest.public_sets import PUBLIC_SETS, PublicSet, Wanted, check_is, wanted
from tests.formats.tables import ENTRY, SONG, write_csv

ROOT = Path(__file__).parents[2]
HF = PUBLIC_SETS["hf-114k"]
KAGGLE = PUBLIC_SETS["kaggle-1.2m"]


def how(known: PublicSet) -> str:
    if known.address:
        return f"[downloaded]({known.address}), [page]({known.page})"
    return f"`{known.file}` from [its page]({known.page})"


def test_the_table_in_the_document_is_true() -> None:
    rows = [
        f"| `{s.name}` | {s.title}: {s.holds} | {s.rows:,} | {s.lacks} | {s.licence} | {how(s)} |"
        for s in PUBLIC_SETS.values()
    ]
    text = (ROOT / "docs/loading.md").read_text("utf-8")
    written = [line for line in text.splitlines() if line.startswith("| `")]
    assert written == rows, "docs/loading.md should hold\n" + "\n".join(rows)


@pytest.mark.parametrize("known", PUBLIC_SETS.values(), ids=PUBLIC_SETS)
def test_what_a_set_lacks_is_what_its_format_lacks(known: PublicSet) -> None:
    layout = next((layout for layout in LAYOUTS if layout.name == known.format), None)
    if layout is None:
        assert (known.format, known.lacks) == ("mpd", "every feature but the duration")
        return
    there = {*layout.features, *layout.columns}
    if {"date", "year"} & there:
        there.add("release_year")
    missing = [f.label.lower() for f in FEATURES if f.name not in there]
    missing += [
        word
        for word, column in (("albums", "album"), ("genres", "genres"), ("explicit", "explicit"))
        if column not in layout.columns
    ]
    assert known.lacks.split(";")[0].split(", ") == missing


@pytest.mark.parametrize("known", PUBLIC_SETS.values(), ids=PUBLIC_SETS)
def test_addresses_and_pages_are_https(known: PublicSet) -> None:
    check_address(known.page)
    if known.address:
        check_address(known.address)
        assert known.address.endswith(f"/{known.file}")


def test_arguments_may_be_mixed() -> None:
    things = list(
        wanted(["a.csv", "hf-114k", "KAGGLE-1.2M", "t.csv", "https://example.org/b", "./hf-114k"])
    )
    assert things == [
        Wanted("a.csv"),
        Wanted(HF.address or "", HF),
        Wanted("t.csv", KAGGLE),
        Wanted("https://example.org/b"),
        Wanted("./hf-114k"),
    ]
    assert [thing.name for thing in things] == ["", "hf-114k", "", "https://example.org/b", ""]
    assert [thing.remote for thing in things] == [False, True, False, True, False]


@pytest.mark.parametrize("arguments", [["kaggle-1.2m"], ["kaggle-1.2m", "hf-114k"]])
def test_a_set_behind_a_login_says_where_to_get_it(arguments: list[str]) -> None:
    with pytest.raises(InputError) as error:
        list(wanted(arguments))
    assert KAGGLE.page in error.value.message
    assert "spotai load kaggle-1.2m tracks_features.csv" in error.value.message


def test_a_file_of_another_format_is_not_the_set(tmp_path: Path) -> None:
    songs = write_csv(tmp_path / "songs.csv", SONG)
    with pytest.raises(FormatError, match=r"has the format 'songs', not 'kaggle-1\.2m'"):
        check_is(KAGGLE, songs, str(songs))
    playlists = write_csv(tmp_path / "playlists.csv", ENTRY)
    with pytest.raises(FormatError, match=r"^https://example\.org/x is not kaggle-1\.2m"):
        check_is(KAGGLE, playlists, "https://example.org/x")


def test_a_pipe_cannot_be_checked(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FormatError, match="no regular file"):
        check_is(KAGGLE, pipe, str(pipe))
