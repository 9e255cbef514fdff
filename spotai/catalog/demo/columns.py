"""The demo catalog as column batches and as rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from spotai.catalog.demo.playlists import demo_playlists
from spotai.catalog.demo.songs import BLOCK, Integers, SongBlocks
from spotai.catalog.demo.texts import SongTexts, album_numbers, as_text, numbered_ids
from spotai.errors import InputError
from spotai.features import NAMES
from spotai.tracks import DEMO_PREFIX, UNKNOWN_EXPLICIT, Album, Track, TrackColumns

SOURCE: Final = "demo"


class _Part(NamedTuple):
    columns: TrackColumns
    albums: Integers


def demo_columns(count: int, *, seed: int = 1, batch_size: int = 50_000) -> Iterator[TrackColumns]:
    """Yield the first ``count`` made-up songs of ``seed`` in batches of ``batch_size``.

    A song is the same whatever ``count`` and ``batch_size`` are, except for its
    ``playlist_followers``: these belong to ``demo_playlists(count, seed=seed)``. Memory is
    bounded by the batch. Raises InputError when a number is out of range.
    """
    if batch_size < 1:
        raise InputError("batch_size must be at least 1", field="batch_size")
    return _batches(_parts(count, seed), batch_size)


def demo_tracks(count: int, *, seed: int = 1) -> Iterator[Track]:
    """Yield the songs of ``demo_columns`` as rows, with their albums.

    Raises InputError when a number is out of range.
    """
    return chain.from_iterable(map(_rows, _parts(count, seed)))


def _parts(count: int, seed: int) -> Iterator[_Part]:
    if count < 0:
        raise InputError("The number of demo songs must not be negative", field="count")
    if seed < 0:
        raise InputError("The seed of the demo songs must not be negative", field="seed")
    return _drawn_parts(count, seed)


def _drawn_parts(count: int, seed: int) -> Iterator[_Part]:
    blocks = SongBlocks(seed)
    texts = SongTexts(blocks.model)
    listed, followers = _followers(count, seed)
    for number in range(math.ceil(count / BLOCK)):
        start = number * BLOCK
        songs = blocks.block(number).first(count - start)
        size = len(songs.artist)
        albums = album_numbers(songs.artist, songs.features["release_year"])
        inside = slice(*np.searchsorted(listed, [start, start + size]))
        playlist_followers = np.zeros(size, dtype=np.int64)
        playlist_followers[listed[inside] - start] = followers[inside]
        columns = TrackColumns(
            ids=numbered_ids("", np.arange(start, start + size)),
            features=songs.features,
            explicit=songs.explicit,
            playlist_followers=playlist_followers,
            titles=texts.titles(songs.artist, songs.title, songs.version),
            artists=texts.artists(songs.artist, songs.second_artist),
            albums=texts.albums(albums),
            artwork=[""] * size,
            release_dates=texts.release_dates(albums),
            genres=texts.genres(songs.artist),
        )
        yield _Part(columns, albums)


def _followers(count: int, seed: int) -> tuple[Integers, Integers]:
    """The songs on playlists, ascending, and the most followers of any playlist of each."""
    most: dict[int, int] = {}
    for playlist in demo_playlists(count, seed=seed):
        for track_id in playlist.track_ids:
            song = int(track_id.removeprefix(DEMO_PREFIX))
            most[song] = max(most.get(song, 0), playlist.followers)
    listed = np.array(sorted(most), dtype=np.int64)
    return listed, np.array([most[int(song)] for song in listed], dtype=np.int64)


def _batches(parts: Iterator[_Part], size: int) -> Iterator[TrackColumns]:
    held: list[TrackColumns] = []
    for part in parts:
        held.append(part.columns)
        if sum(map(len, held)) >= size:
            joined = _joined(held)
            whole = len(joined) - len(joined) % size
            for start in range(0, whole, size):
                yield _cut(joined, start, start + size)
            held = [_cut(joined, whole, len(joined))]
    if rest := sum(map(len, held)):
        yield _cut(_joined(held), 0, rest)


def _joined(parts: Sequence[TrackColumns]) -> TrackColumns:
    return TrackColumns(
        ids=np.concatenate([part.ids for part in parts]),
        features={name: np.concatenate([p.features[name] for p in parts]) for name in NAMES},
        explicit=np.concatenate([part.explicit for part in parts]),
        playlist_followers=np.concatenate([part.playlist_followers for part in parts]),
        titles=list(chain.from_iterable(part.titles for part in parts)),
        artists=list(chain.from_iterable(part.artists for part in parts)),
        albums=list(chain.from_iterable(part.albums for part in parts)),
        artwork=list(chain.from_iterable(part.artwork for part in parts)),
        release_dates=list(chain.from_iterable(part.release_dates for part in parts)),
        genres=list(chain.from_iterable(part.genres for part in parts)),
    )


def _cut(columns: TrackColumns, start: int, stop: int) -> TrackColumns:
    return TrackColumns(
        ids=columns.ids[start:stop],
        features={name: values[start:stop] for name, values in columns.features.items()},
        explicit=columns.explicit[start:stop],
        playlist_followers=columns.playlist_followers[start:stop],
        titles=columns.titles[start:stop],
        artists=columns.artists[start:stop],
        albums=columns.albums[start:stop],
        artwork=columns.artwork[start:stop],
        release_dates=columns.release_dates[start:stop],
        genres=columns.genres[start:stop],
    )


def _rows(part: _Part) -> Iterator[Track]:
    columns = part.columns
    values = zip(*(columns.features[name].tolist() for name in NAMES), strict=True)
    rows = zip(
        as_text(columns.ids),
        columns.titles,
        columns.artists,
        as_text(numbered_ids("album", part.albums)),
        columns.albums,
        columns.release_dates,
        columns.explicit.tolist(),
        columns.genres,
        values,
        strict=True,
    )
    for id_, title, artists, album_id, album, release_date, explicit, genres, numbers in rows:
        yield Track(
            id=id_,
            source=SOURCE,
            title=title,
            artists=tuple(artists),
            album=Album(album_id, album),
            release_date=release_date,
            explicit=None if explicit == UNKNOWN_EXPLICIT else bool(explicit),
            genres=tuple(genres),
            features={
                name: value
                for name, value in zip(NAMES, numbers, strict=True)
                if not math.isnan(value)
            },
        )
