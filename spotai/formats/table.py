"""Tables with a header: what a layout is, and how its rows become tracks."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from spotai.errors import FormatError, InputError
from spotai.features import BY_NAME
from spotai.formats import cells
from spotai.formats.rows import Item, Listing, Refusal, Rows, listed
from spotai.tracks import Artist, Track

Column = Literal[
    "id", "title", "artists", "artist_ids", "album", "album_id", "date", "year", "explicit",
    "genres", "subgenres", "artwork", "isrc", "source", "playlist_id", "playlist_name",
]  # fmt: skip
LONGEST_RECORD: Final = 2**20

# What pandas calls the index of a table, once or twice saved.
_ROW_NUMBERS: Final = ("Index", "Unnamed: 0", "Unnamed: 0.1")
_LOCAL: Final = "spotify:local:"
_PLAYLIST_ID_LENGTH: Final = 64


def one_name(text: str, _ids: Collection[str]) -> list[str]:
    """Read the artists' cell of a table that holds one artist, commas and all."""
    return [found] if (found := cells.name(text)) else []


@dataclass(frozen=True, slots=True)
class Layout:
    """A table format.

    ``columns`` and ``features`` say in which column of the file each thing stands; ``A|B`` are
    names it goes by in different generations. Those not in ``optional`` recognise the format:
    their order, capitals and further columns do not matter. ``artists`` reads the cell of the
    artists, given the ids beside it. ``source`` names the data set; rows without one get the
    file's name. ``playlist`` says what playlist a row belongs to: none, the one the ``row`` names,
    or the one the ``file`` is. ``nothing`` is written in name cells that hold nothing. ``marks``
    are columns that help to recognise the format and are not read, ``ignored`` further ones that
    it is known to have.
    """

    name: str
    columns: Mapping[Column, str]
    features: Mapping[str, str] = field(default_factory=dict)
    optional: Collection[str] = ()
    artists: Callable[[str, Collection[str]], list[str]] = one_name
    genres: str = "; "
    source: str = ""
    playlist: Literal["", "row", "file"] = ""
    nothing: str = ""
    marks: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that recognise the format, by their newest names."""
        return tuple(written.partition("|")[0] for written in self._required())

    def lacks(self, header: Sequence[str]) -> list[str]:
        """Return the needed columns that the header does not have."""
        present = _folded(header)
        return [
            written.partition("|")[0]
            for written in self._required()
            if not _positions(present, written)
        ]

    def unused(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return the named columns of a header that the format does not know."""
        known = [*self.written.values(), *self.marks, *self.ignored, *_ROW_NUMBERS]
        written = "|".join(known).casefold().split("|")
        return tuple(
            column
            for column, folded in zip(header, _folded(header), strict=True)
            if folded and folded not in written
        )

    def _required(self) -> list[str]:
        read = self.written.items()
        return [*(w for meaning, w in read if meaning not in self.optional), *self.marks]

    @property
    def written(self) -> dict[str, str]:
        """In which column each thing stands."""
        return dict[str, str](((str(k), v) for k, v in self.columns.items())) | dict(self.features)

    def position(self, header: Sequence[str], meaning: str) -> int:
        """Return the column of a thing, the one after the last where the header lacks it.

        Raises FormatError when the header names it twice.
        """
        found = _positions(_folded(header), self.written.get(meaning, ""))
        if len(found) > 1:
            raise FormatError(f"The header names {header[found[0]]!r} twice. Keep one of them.")
        return found[0] if found else len(header)


def _folded(header: Sequence[str]) -> list[str]:
    return [column.strip().casefold() for column in header]


def _positions(header: Sequence[str], written: str) -> list[int]:
    """Return where the first of the names ``written`` that the header has stands in it."""
    for alias in filter(None, written.casefold().split("|")):
        if found := [at for at, column in enumerate(header) if column == alias]:
            return found
    return []


class TableReader:
    """Turns the records of one table into items. Cells that repeat are understood once."""

    def __init__(
        self, layout: Layout, header: Sequence[str], listing: Listing, *, decimal: str = "."
    ) -> None:
        self._layout = layout
        self._listing = listing
        self.width = len(header)

        def at(meaning: str) -> int:
            return layout.position(header, meaning)

        self._id, self._title, self._source, self._isrc = map(at, ("id", "title", "source", "isrc"))
        self._credits = at("artists"), at("artist_ids")
        self._album_id, self._album = at("album_id"), at("album")
        self._date, self._year = at("date"), at("year")
        self._explicit, self._artwork = at("explicit"), at("artwork")
        self._genres = at("genres"), at("subgenres")
        self._playlist_id, self._playlist_name = at("playlist_id"), at("playlist_name")
        self._features = [
            (name, at(name), cells.Memo(partial(cells.number, BY_NAME[name], decimal=decimal)))
            for name in layout.features
        ]
        self._artists_of = cells.Memo(self._read_artists)
        self._date_of = cells.Memo(cells.release_date)
        self._year_of = cells.Memo(cells.release_year)
        self._explicit_of = cells.Memo(cells.explicit)
        self._genres_of = cells.Memo(self._read_genres)
        self._source_of = cells.Memo(self._read_source)
        self._feature_year = cells.Memo(_read_year)

    def read(self, line: int, record: list[str]) -> Sequence[Item]:
        """Return the items of a record. Raises InputError to refuse it."""
        if len(record) != self.width:
            raise InputError(f"has {len(record)} fields where the header has {self.width}")
        # Columns the file lacks are read from this blank one.
        record.append("")
        artists = self._artists_of[record[self._credits[0]], record[self._credits[1]]]
        first_artist = artists[0].name if artists else ""
        date = self._date_of[record[self._date]] or self._year_of[record[self._year]]
        track = Track(
            self._track_id(record[self._id]),
            self._source_of[record[self._source]],
            self._name(record[self._title]),
            artists,
            cells.album(record[self._album_id], record[self._album], first_artist),
            date,
            self._explicit_of[record[self._explicit]],
            self._genres_of[record[self._genres[0]], record[self._genres[1]]],
            cells.name(record[self._artwork]) if record[self._artwork] else "",
            self._read_features(record, date),
            cells.isrc(record[self._isrc]) if record[self._isrc] else "",
        )
        return self._placed(line, record, track)

    def _placed(self, line: int, record: list[str], track: Track) -> Sequence[Item]:
        if not self._layout.playlist:
            return (track,)
        if self._layout.playlist == "file":
            return listed(line, track, self._listing)
        playlist_id = record[self._playlist_id].strip()
        if not playlist_id or len(playlist_id) > _PLAYLIST_ID_LENGTH:
            raise InputError(f"playlist id {playlist_id[:40]!r} is blank or too long")
        playlist_name = cells.name(record[self._playlist_name])
        return listed(line, track, Listing(playlist_id, playlist_name, track.source))

    def _track_id(self, text: str) -> str:
        if cells.is_id(text):
            return text
        if self._layout.playlist == "file" and (not text.strip() or text.startswith(_LOCAL)):
            return ""
        return cells.track_id(text)

    def _name(self, text: str) -> str:
        found = cells.name(text)
        return "" if found == self._layout.nothing else found

    def _read_features(self, record: list[str], date: str) -> dict[str, float]:
        known = {
            name: value
            for name, at, value_of in self._features
            if (value := value_of[record[at]]) is not None
        }
        if "tempo" not in known:
            known = cells.without_failed_analysis(known)
        if date and (year := self._feature_year[date]) is not None:
            known["release_year"] = year
        return known

    def _read_artists(self, texts: tuple[str, str]) -> tuple[Artist, ...]:
        spotify_ids = cells.ids(texts[1])
        credited = self._layout.artists(texts[0], spotify_ids)
        if credited == [self._layout.nothing]:
            return ()
        one = self._layout.artists is one_name
        return cells.artists(credited, spotify_ids[:1] if one else spotify_ids)

    def _read_genres(self, texts: tuple[str, str]) -> tuple[str, ...]:
        separator = self._layout.genres
        return cells.genres(separator.join(filter(None, texts)), separator)

    def _read_source(self, text: str) -> str:
        named = cells.name(text, longest=cells.LABEL_LENGTH)
        return named or self._layout.source or self._listing.source


def _read_year(date: str) -> float | None:
    return BY_NAME["release_year"].clean(int(date[:4]))


def read_table(reader: TableReader, lines: Iterable[str], delimiter: str, begins: int) -> Rows:
    """Yield the items of the records in ``lines``, the first of which has the number ``begins``.

    Raises FormatError as ``read_records`` does.
    """
    items: Sequence[Item]
    for line, record in read_records(lines, reader.width, delimiter=delimiter, begins=begins):
        try:
            items = reader.read(line, record)
        except InputError as error:
            items = (Refusal(line, error.message),)
        yield line, items


def read_records(
    lines: Iterable[str],
    fields: int,
    *,
    delimiter: str = ",",
    begins: int = 2,
    blanks_part: bool = False,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the header with the line they begin on; blank lines are skipped.

    ``fields`` is how many the header has, ``begins`` the line after it; with ``blanks_part`` a
    blank after a delimiter belongs to no field. Raises FormatError when the lines are no CSV,
    where a stray quote has swallowed whole rows, and where a record has more than
    ``LONGEST_RECORD`` characters.
    """
    length = 0

    def bounded() -> Iterator[str]:
        nonlocal length
        for line in lines:
            length += len(line)
            if length > LONGEST_RECORD:
                raise csv.Error(f"more than {LONGEST_RECORD:,} characters")
            yield line

    records = csv.reader(bounded(), delimiter=delimiter, strict=True, skipinitialspace=blanks_part)
    line = begins
    try:
        for record in records:
            following = begins + records.line_num
            if following > line + 1:
                _check_lines(record, fields, delimiter)
            if record:
                yield line, record
            line = following
            length = 0
    except csv.Error as error:
        raise FormatError(
            f"Line {line} cannot be read as CSV: {error}. Look for a quote that is never closed."
        ) from error


def _check_lines(record: list[str], fields: int, delimiter: str) -> None:
    """Raise csv.Error when a field is rows between two quotes that do not belong together."""
    rows = ("\n" in field and field.count(delimiter) >= fields - 1 for field in record)
    if fields > 1 and any(rows):
        raise csv.Error("one field holds whole rows")
