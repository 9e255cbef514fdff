"""Reading the records of one table, many at a time and column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import Any, Final, TypeVar

from spotai.errors import InputError
from spotai.features import BY_NAME, NAMES, Feature
from spotai.formats import cells
from spotai.formats.records import Numbered
from spotai.formats.rows import Block, Item, Listing, Refusal, Row, block_of, listed
from spotai.formats.table import Layout, one_name
from spotai.tracks import Album, Artist, Track, rows_of_columns

_LOCAL: Final = "spotify:local:"
_PLAYLIST_ID_LENGTH: Final = 64

Column = Sequence[str]
Value = TypeVar("Value")


class _Reading:
    """Records being read: which were refused, and why."""

    def __init__(self, numbered: Sequence[Numbered], width: int) -> None:
        self.refused: dict[int, str] = {}
        self.lines = [line for line, _ in numbered]
        records = [record for _, record in numbered]
        blank = [""] * width
        for row, record in enumerate(records):
            if len(record) != width:
                what = f"has {len(record)} fields where the header has {width}"
                self.refused[row] = what
                records[row] = blank
        self._records = records
        self._width = width

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, at: int) -> Column:
        """Return a column; the one after the last stands for all that the file lacks."""
        if self.is_blank(at):
            return [""] * len(self)
        return [record[at] for record in self._records]

    def is_blank(self, at: int) -> bool:
        return at == self._width

    def each(self, read: Callable[[Any], Value], found: Sequence[Any]) -> list[Value]:
        """Return what ``read`` makes of each cell, anything where it raises InputError."""
        try:
            return list(map(read, found))
        except InputError:
            return [self.one(row, read, cell) for row, cell in enumerate(found)]

    def one(self, row: int, read: Callable[[Any], Value], cell: Any) -> Value:
        """Return what ``read`` makes of a cell, noting the first reason to refuse its row."""
        try:
            return read(cell)
        except InputError as error:
            self.refused.setdefault(row, error.message)
            return None  # type: ignore[return-value] # of a row nobody will see


@dataclass(slots=True)
class TableRows:
    """N records of a table as columns, and those refused.

    ``values`` holds N entries for each single value of a track but its album, None where nothing
    is known; ``listings`` the playlist of each record, where the table has playlists. Refused
    rows have entries of no meaning.
    """

    lines: list[int]
    refused: dict[int, str]
    values: dict[str, list[Any]]
    sources: list[str]
    artists: list[tuple[Artist, ...]]
    albums: list[Album | None]
    genres: list[tuple[str, ...]]
    listings: list[Listing] = field(default_factory=list)

    def block(self) -> Block:
        """Return the rows as they are stored: those without an id among the refusals."""
        ids = self.values["id"]
        rows: Sequence[int] = range(len(self.lines))
        others: list[Item] = []
        if self.refused or "" in ids:
            rows = [row for row in rows if ids[row] and row not in self.refused]
            taken = set(rows)
            left = [row for row in range(len(ids)) if row not in taken]
            others = [item for row in left for item in self._items(row, self.lines[row])]

        def kept(column: list[Value]) -> list[Value]:
            return column if len(rows) == len(column) else [column[row] for row in rows]

        tracks = rows_of_columns(
            {name: kept(column) for name, column in self.values.items()},
            kept(self.sources),
            kept(self.artists),
            kept(self.albums),
            kept(self.genres),
        )
        entries = [self.listings[row].entry(ids[row]) for row in rows] if self.listings else []
        return Block(tracks, entries, block_of(others).refusals)

    def items(self) -> Iterator[Row]:
        """Yield what each line gives, in order."""
        for row, line in enumerate(self.lines):
            yield line, self._items(row, line)

    def _items(self, row: int, line: int) -> Sequence[Item]:
        if row in self.refused:
            return (Refusal(line, self.refused[row]),)
        track = self._track(row)
        return listed(line, track, self.listings[row]) if self.listings else (track,)

    def _track(self, row: int) -> Track:
        value = {name: column[row] for name, column in self.values.items()}
        return Track(
            id=value["id"],
            source=self.sources[row],
            title=value["title"] or "",
            artists=self.artists[row],
            album=self.albums[row],
            release_date=value["release_date"] or "",
            explicit=value["explicit"],
            genres=self.genres[row],
            artwork=value["artwork"] or "",
            features={name: value[name] for name in NAMES if value[name] is not None},
            isrc=value["isrc"] or "",
        )


class TableReader:
    """Turns the records of one table into tracks. Cells that repeat are understood once."""

    def __init__(
        self, layout: Layout, header: Sequence[str], listing: Listing, *, decimal: str = "."
    ) -> None:
        self._layout = layout
        self._listing = listing
        self._decimal = decimal
        self.width = len(header)
        self._at = {meaning: layout.position(header, meaning) for meaning in layout.written}
        self._number = {
            name: cells.Memo(partial(cells.number, BY_NAME[name], decimal=decimal))
            for name in layout.features
        }
        self._credits = cells.Memo(self._read_artists)
        self._albums = cells.Memo(self._read_album)
        self._dates = cells.Memo(cells.release_date)
        self._years = cells.Memo(cells.release_year)
        self._explicit = cells.Memo(cells.explicit)
        self._genres = cells.Memo(self._read_genres)
        self._sources = cells.Memo(self._read_source)
        self._year_of = cells.Memo(_year_of)

    def read(self, numbered: Sequence[Numbered]) -> TableRows:
        """Return what records with their lines say; the order of reading decides which reason to
        refuse a row is told.
        """
        reading = _Reading(numbered, self.width)
        artists = self._read_each(reading, self._credits, "artists", "artist_ids")
        dates = self._read_dates(reading)
        ids = self._read_ids(reading)
        sources = self._read_each(reading, self._sources, "source")
        titles = self._read_titles(reading)
        names = [credited[0].name if credited else "" for credited in artists]
        albums = self._read_albums(reading, names)
        explicit = self._read_each(reading, self._explicit, "explicit")
        genres = self._read_each(reading, self._genres, "genres", "subgenres")
        artwork = self._read_plain(reading, cells.name, "artwork")
        values: dict[str, list[Any]] = {
            "id": ids,
            "title": titles,
            "explicit": explicit,
            "release_date": dates,
            "artwork": artwork,
            **self._read_features(reading, dates),
            "isrc": self._read_plain(reading, cells.isrc, "isrc"),
        }
        listings = self._read_listings(reading, sources)
        return TableRows(
            reading.lines, reading.refused, values, sources, artists, albums, genres, listings
        )

    def _place(self, meaning: str) -> int:
        return self._at.get(meaning, self.width)

    def _read_each(
        self, reading: _Reading, memo: cells.Memo[Any, Any], *meanings: str
    ) -> list[Any]:
        """Return what the memo makes of one column, or of the pairs of two."""
        columns = [reading.column(self._place(meaning)) for meaning in meanings]
        found = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
        return reading.each(memo.__getitem__, found)

    def _read_plain(
        self, reading: _Reading, read: Callable[[str], str], meaning: str
    ) -> list[str | None]:
        at = self._place(meaning)
        if reading.is_blank(at):
            return [None] * len(reading)
        return [text or None for text in reading.each(read, reading.column(at))]

    def _read_ids(self, reading: _Reading) -> list[str]:
        column = reading.column(self._place("id"))
        if cells.are_ids(column):
            return list(column)
        return reading.each(self._track_id, column)

    def _track_id(self, text: str) -> str:
        if self._layout.playlist == "file" and (not text.strip() or text.startswith(_LOCAL)):
            return ""
        return cells.track_id(text)

    def _read_titles(self, reading: _Reading) -> list[str | None]:
        titles = self._read_plain(reading, cells.name, "title")
        nothing = self._layout.nothing
        return [None if title == nothing else title for title in titles] if nothing else titles

    def _read_dates(self, reading: _Reading) -> list[str | None]:
        dates = self._read_each(reading, self._dates, "date")
        if "year" in self._at and "" in dates:
            years = reading.column(self._place("year"))
            dates = [
                date if date != "" else reading.one(row, self._years.__getitem__, years[row])
                for row, date in enumerate(dates)
            ]
        return [date or None for date in dates]

    def _read_albums(self, reading: _Reading, first_artists: list[str]) -> list[Album | None]:
        if reading.is_blank(self._place("album")):
            return [None] * len(reading)
        ids, names = (reading.column(self._place(meaning)) for meaning in ("album_id", "album"))
        told = list(zip(ids, names, first_artists, strict=True))
        return reading.each(self._albums.__getitem__, told)

    def _read_features(
        self, reading: _Reading, dates: list[str | None]
    ) -> dict[str, list[float | None]]:
        known: dict[str, list[float | None]] = {
            name: self._read_numbers(reading, BY_NAME[name])
            if name in self._number
            else [None] * len(reading)
            for name in NAMES
        }
        if "tempo" in self._number:
            for row, tempo in enumerate(known["tempo"]):
                if tempo is None:
                    _forget_failed_analysis(known, row)
        if "release_year" not in self._number:
            known["release_year"] = reading.each(self._year_of.__getitem__, dates)
        return known

    def _read_numbers(self, reading: _Reading, feature: Feature) -> list[float | None]:
        column = reading.column(self._place(feature.name))
        one = self._number[feature.name].__getitem__
        plain = cells.plain_numbers(feature, column) if self._decimal == "." else None
        if plain is None:
            return reading.each(one, column)
        values: list[float | None] = [*plain[0]]
        for row in plain[1]:
            values[row] = reading.one(row, one, column[row])
        return values

    def _read_listings(self, reading: _Reading, sources: list[str]) -> list[Listing]:
        if not self._layout.playlist:
            return []
        if self._layout.playlist == "file":
            return list(repeat(self._listing, len(reading)))
        ids = reading.each(
            _playlist_id, [text.strip() for text in reading.column(self._place("playlist_id"))]
        )
        names = reading.each(cells.name, reading.column(self._place("playlist_name")))
        followers = reading.each(cells.followers, reading.column(self._place("playlist_followers")))
        return list(map(Listing, ids, names, sources, followers))

    def _read_artists(self, texts: tuple[str, str]) -> tuple[Artist, ...]:
        spotify_ids = cells.ids(texts[1])
        credited = self._layout.artists(texts[0], spotify_ids)
        if credited == [self._layout.nothing]:
            return ()
        one = self._layout.artists is one_name
        return cells.artists(credited, spotify_ids[:1] if one else spotify_ids)

    def _read_album(self, told: tuple[str, str, str]) -> Album | None:
        return cells.album(*told)

    def _read_genres(self, texts: tuple[str, str]) -> tuple[str, ...]:
        separator = self._layout.genres
        return cells.genres(separator.join(filter(None, texts)), separator)

    def _read_source(self, text: str) -> str:
        named = cells.name(text, longest=cells.LABEL_LENGTH)
        return named or self._layout.source or self._listing.source


def _year_of(date: str | None) -> float | None:
    return BY_NAME["release_year"].clean(int(date[:4])) if date else None


def _playlist_id(text: str) -> str:
    if not text or len(text) > _PLAYLIST_ID_LENGTH:
        raise InputError(f"playlist id {text[:40]!r} is blank or too long")
    return text


def _forget_failed_analysis(known: dict[str, list[float | None]], row: int) -> None:
    said = {name: value for name, column in known.items() if (value := column[row]) is not None}
    kept = cells.without_failed_analysis(said)
    for name in said.keys() - kept.keys():
        known[name][row] = None
