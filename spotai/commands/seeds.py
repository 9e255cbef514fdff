"""The songs named by ``--tracks``: a list of ids and links, or a table of tracks."""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from spotai.errors import FormatError, TooLargeError
from spotai.formats.links import read_links
from spotai.formats.recognise import read_playlist
from spotai.formats.records import read_records
from spotai.formats.rows import Refusal

STDIN: Final = "-"
TRACK_COLUMN: Final = "track_id"
PLAYLIST_COLUMN: Final = "playlist_id"
NAME_COLUMN: Final = "playlist_name"
LARGEST_FILE: Final = 256 * 2**20
M3U_HEAD: Final = "#EXTM3U"
SHOWN_PLAYLISTS: Final = 5

_GZIP: Final = b"\x1f\x8b"
_END_OF_LINE: Final = re.compile(r"[\r\n]")


@dataclass(slots=True)
class SeedFile:
    """What a file holds: distinct track ids in order, and the lines that were not understood."""

    name: str
    track_ids: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)

    def add(self, text: str, line: int) -> None:
        """Add the ids in ``text``; what else is in it counts as one problem of the line."""
        reasons = []
        for found in read_links([text]):
            if isinstance(found, str):
                self.track_ids.append(found)
            else:
                reasons.append(found.reason)
        if reasons:
            more = f" (and {len(reasons) - 1} more in this line)" if len(reasons) > 1 else ""
            self.not_understood.append(f"{self.name}, line {line}: {reasons[0]}{more}")


def read_seeds(file: str, playlist: str | None = None) -> SeedFile:
    """Read the track ids of ``file``, ``-`` for stdin; plain or gzip.

    A text holds ids, URIs or links. A CSV has a ``track_id`` column, or is a playlist file of a
    format SpotAI knows, as are JSPF, MPD and M3U. Where a file holds several playlists,
    ``playlist`` (its id) chooses. Raises FormatError when the file holds no track, or several
    playlists and none is chosen.
    """
    name = "stdin" if file == STDIN else file
    text = _text(file, name)
    if not text.strip():
        raise FormatError(f"{name} is empty; write one track id, URI or link a line.")
    header = _fields(_END_OF_LINE.split(text, maxsplit=1)[0])
    if TRACK_COLUMN in header:
        seeds = _from_table(name, text, playlist)
    elif (known := _from_playlist_file(name, text, playlist)) is not None:
        seeds = known
    elif playlist is not None:
        raise FormatError(
            f"{name} names no playlists, so --playlist cannot choose one: it has no CSV header "
            f"with {PLAYLIST_COLUMN} and {TRACK_COLUMN}."
        )
    else:
        seeds = SeedFile(name)
        for line, content in enumerate(text.splitlines(), start=1):
            seeds.add(content, line)
    if not seeds.track_ids:
        reason = seeds.not_understood[0] if seeds.not_understood else f"{name} has no songs"
        raise FormatError(
            f"no track id, URI or link is in {name} ({reason}); write one a line, or name a CSV "
            f"with a column {TRACK_COLUMN}."
        )
    seeds.track_ids = list(dict.fromkeys(seeds.track_ids))
    return seeds


def _from_table(name: str, text: str, playlist: str | None) -> SeedFile:
    lines = io.StringIO(text, newline="")
    header = _fields(next(lines))
    seeds = SeedFile(name)
    playlists: dict[str, str] = {}
    try:
        for line, record in read_records(lines, len(header), blanks_part=True):
            row = dict(zip(header, record, strict=False))
            owner = row.get(PLAYLIST_COLUMN, "").strip()
            if owner:
                playlists.setdefault(owner, row.get(NAME_COLUMN, ""))
            if playlist is None or owner == playlist:
                seeds.add(row.get(TRACK_COLUMN, "").strip() or "(blank)", line)
    except FormatError as error:
        raise FormatError(f"{name}: {error.message}") from error
    _check_choice(name, playlists, playlist)
    return seeds


def _from_playlist_file(name: str, text: str, playlist: str | None) -> SeedFile | None:
    """Read an export or another playlist file; None for what is no more than a list of ids."""
    if _is_list(text):
        return None
    seeds = SeedFile(name)
    playlists: dict[str, str] = {}
    try:
        for found in read_playlist(io.BytesIO(text.encode()), name, largest=LARGEST_FILE):
            if isinstance(found, Refusal):
                seeds.not_understood.append(f"{name}, line {found.line}: {found.reason}")
                continue
            if found.playlist_id:
                playlists.setdefault(found.playlist_id, found.playlist_name)
            if not found.track_id:
                seeds.not_understood.append(
                    f"{name}, line {found.line}: {found.title!r} has no Spotify id"
                )
            elif playlist is None or found.playlist_id == playlist:
                seeds.track_ids.append(found.track_id)
    except FormatError:
        return None
    if not playlists:
        return None
    _check_choice(name, playlists, playlist)
    return seeds


def _is_list(text: str) -> bool:
    """Whether the first thing in the text that is no comment is a track's id, URI or link."""
    if text.lstrip().startswith(M3U_HEAD):
        return False
    return isinstance(next(read_links(io.StringIO(text)), None), str)


def _check_choice(name: str, playlists: dict[str, str], playlist: str | None) -> None:
    shown = ", ".join(f"{i} ({title})" for i, title in list(playlists.items())[:SHOWN_PLAYLISTS])
    more = f" and {len(playlists) - SHOWN_PLAYLISTS:,} more"
    listed = shown + (more if len(playlists) > SHOWN_PLAYLISTS else "")
    if playlist is None and len(playlists) > 1:
        raise FormatError(
            f"{name} holds {len(playlists):,} playlists; choose one with --playlist ID: {listed}."
        )
    if playlist is not None and playlist not in playlists:
        raise FormatError(f"{name} has no playlist {playlist}; it has {listed or 'none'}.")


def _fields(line: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line]), [])]
    except csv.Error:  # a list of links in one line, longer than any field: no header
        return []


def _text(file: str, name: str) -> str:
    try:
        data = _bytes(file, name)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise FormatError(f"{name} is no text; save it as UTF-8 text or CSV.")
    return text


def _bytes(file: str, name: str) -> bytes:
    if file == STDIN and sys.stdin is None:
        raise FormatError("stdin is closed; name a file, or pipe one in.")
    try:
        with click.open_file(file, "rb") if file == STDIN else Path(file).open("rb") as raw:
            data = raw.read(LARGEST_FILE + 1)
        if data.startswith(_GZIP):
            with gzip.open(io.BytesIO(data)) as unpacked:
                data = unpacked.read(LARGEST_FILE + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FormatError(f"{name} is a damaged gzip file ({error}); fetch it again.") from error
    except OSError as error:
        raise FormatError(f"{name} cannot be opened: {error.strerror}.") from error
    if len(data) > LARGEST_FILE:
        raise TooLargeError(f"{name} is larger than {LARGEST_FILE // 2**20} MiB; name a playlist.")
    return data
