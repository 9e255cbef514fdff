"""SpotAI's own table of songs: one row per track, the data set named in each row.

Artists and genres are joined with ``; ``. The columns ``album_id``, ``album_name``,
``release_date``, ``explicit``, ``genre``, ``artwork`` and ``source`` may be absent.
"""

from __future__ import annotations

from typing import Final

from spotai.features import FEATURES
from spotai.formats import cells
from spotai.formats.rows import Item
from spotai.formats.table import Layout, Row
from spotai.tracks import Track

_FEATURES: Final = tuple((f, f.name) for f in FEATURES if f.group != "release")


def _read(row: Row, source: str) -> list[Item]:
    artists = cells.artists(cells.names(row["artists"]))
    date = cells.release_date(row.get("release_date", ""))
    track = Track(
        id=cells.track_id(row["track_id"]),
        source=cells.name(row.get("source", ""), longest=cells.LABEL_LENGTH) or source,
        title=cells.name(row["name"]),
        artists=artists,
        album=cells.album(row.get("album_id", ""), row.get("album_name", ""), artists),
        release_date=date,
        explicit=cells.explicit(row.get("explicit", "")),
        genres=cells.genres(row.get("genre", "")),
        artwork=cells.name(row.get("artwork", "")),
        features=cells.features(row, _FEATURES, date),
    )
    return [track]


LAYOUT: Final = Layout(
    name="songs",
    needed=("track_id", "name", "artists", *(column for _, column in _FEATURES)),
    read=_read,
)
