"""The songs named by ``--tracks``: any list, table or playlist file that says track ids."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import click

from spotai.commands.terminal import Report, progress_bar
from spotai.errors import FormatError
from spotai.formats.cells import LOCAL_PREFIX
from spotai.formats.opening import open_path
from spotai.formats.recognise import read_playlist
from spotai.formats.rows import Refusal

STDIN: Final = "-"
LARGEST_FILE: Final = 256 * 2**20
SHOWN_PLAYLISTS: Final = 5


@dataclass(slots=True)
class SeedFile:
    """What a file holds: distinct track ids in order, and the lines that were not understood."""

    name: str
    track_ids: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)


class _Watched:
    """Passes bytes on and reports how many, of ``size``; 0 for a pipe, whose end nobody knows."""

    def __init__(self, source: IO[bytes], size: int, report: Report) -> None:
        self._source = source
        self._size = size
        self._report = report
        self._passed = 0

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self._passed += len(data)
        self._report(self._passed, self._size)
        return data


def read_seeds(
    file: str, playlist: str | None = None, *, every: bool = False, quiet: bool = False
) -> SeedFile:
    """Read the track ids of ``file``, ``-`` for stdin; plain or gzip.

    The file may be of any format SpotAI reads. Where it holds several playlists, ``playlist``
    (its id) chooses, and ``every`` takes all. A bar shows how far it is, unless ``quiet``. Raises
    FormatError when the file holds no track, or several playlists and none is chosen, and
    TooLargeError beyond ``LARGEST_FILE`` unpacked bytes.
    """
    seeds = SeedFile("stdin" if file == STDIN else file)
    playlists: dict[str, str] = {}
    with _open(file, quiet=quiet) as raw:
        for found in read_playlist(raw, seeds.name, largest=LARGEST_FILE):
            where = f"{seeds.name}, line {found.line}"
            if isinstance(found, Refusal):
                seeds.not_understood.append(f"{where}: {found.reason}")
                continue
            if found.playlist_id:
                playlists.setdefault(found.playlist_id, found.playlist_name)
            if playlist is not None and found.playlist_id != playlist:
                continue
            if found.track_id:
                seeds.track_ids.append(found.track_id)
            else:
                seeds.not_understood.append(f"{where}: {found.title!r} has no Spotify id")
    if not every:
        _check_choice(seeds.name, playlists, playlist)
    if not seeds.track_ids:
        reason = seeds.not_understood[0] if seeds.not_understood else f"{seeds.name} has no songs"
        raise FormatError(
            f"no track id, URI or link is in {seeds.name} ({reason}); write one a line, or name a "
            "CSV with a column track_id."
        )
    seeds.track_ids = list(dict.fromkeys(seeds.track_ids))
    return seeds


def _check_choice(name: str, playlists: Mapping[str, str], playlist: str | None) -> None:
    shown = ", ".join(f"{i} ({title})" for i, title in list(playlists.items())[:SHOWN_PLAYLISTS])
    more = f" and {len(playlists) - SHOWN_PLAYLISTS:,} more"
    listed = shown + (more if len(playlists) > SHOWN_PLAYLISTS else "")
    if playlist is None and len(playlists) > 1:
        raise FormatError(
            f"{name} holds {len(playlists):,} playlists; choose one with --playlist ID: {listed}."
        )
    if playlist is None:
        return
    # A file that is one playlist, rather than names some, has it under an id of our own.
    if all(playlist_id.startswith(LOCAL_PREFIX) for playlist_id in playlists):
        raise FormatError(
            f"{name} names no playlists, so --playlist cannot choose one; a table names them in "
            "a column playlist_id."
        )
    if playlist not in playlists:
        raise FormatError(f"{name} has no playlist {playlist}; it has {listed}.")


@contextmanager
def _open(file: str, *, quiet: bool) -> Iterator[_Watched]:
    with progress_bar("Reading songs", quiet=quiet) as report:
        if file != STDIN:
            path = Path(file)
            with open_path(path) as raw:
                yield _Watched(raw, path.stat().st_size, report)
            return
        if sys.stdin is None:
            raise FormatError("stdin is closed; name a file, or pipe one in.")
        with click.open_file(STDIN, "rb") as raw:
            yield _Watched(raw, 0, report)
