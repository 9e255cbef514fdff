"""What a table format is: in which column of a file each thing stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from spotai.errors import FormatError
from spotai.formats import cells

Column = Literal[
    "id", "title", "artists", "artist_ids", "album", "album_id", "date", "year", "explicit",
    "genres", "subgenres", "artwork", "isrc", "source", "playlist_id", "playlist_name",
    "playlist_followers",
]  # fmt: skip

# What pandas calls the index of a table, once or twice saved.
_ROW_NUMBERS: Final = ("Index", "Unnamed: 0", "Unnamed: 0.1")


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
