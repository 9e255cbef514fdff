"""The sources of what the catalog knows: data sets by name, with the trust each enjoys."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, insert, select

from spotai.catalog.claims import Rank
from spotai.catalog.tables import source
from spotai.tracks import DEMO_PREFIX

DEMO: Final = DEMO_PREFIX
UNKNOWN_TRUST: Final = 40

# Beginnings of the names of data sets people know. The order is that in which complete, untouched
# feature blocks were found: whole tables first, listeners' own exports, then derived and re-saved
# copies and samples, last the playlists that tell little more than ids.
TRUST: Final = {
    "kaggle114k": 90,
    "kaggle1.2M": 88,
    "kaggle600k": 85,
    "exportify": 80,
    "audio-features": 75,
    "spotifyr": 72,
    "kaggle1M": 70,
    "kaggle232k": 65,
    "spotify-nlp": 60,
    "derived1.2M": 50,
    "tidytuesday": 45,
    "mpd": 42,
    "playlist": 20,
}


def trust_of(name: str) -> int:
    """Return the trust in a data set, 0 to 100; ``UNKNOWN_TRUST`` for one never heard of."""
    if name == DEMO:
        return 0
    return next((t for start, t in TRUST.items() if name.startswith(start)), UNKNOWN_TRUST)


def source_ids(conn: Connection, names: Collection[str]) -> dict[str, int]:
    """Return the id of each named source, adding those not there yet."""
    known = {name: id_ for id_, name in conn.execute(select(source.c.id, source.c.name))}
    missing = sorted(set(names) - known.keys())
    if missing:
        conn.execute(insert(source), [{"name": n, "trust": trust_of(n)} for n in missing])
        found = conn.execute(select(source.c.name, source.c.id).where(source.c.name.in_(missing)))
        known |= dict(found.all())
    return {name: known[name] for name in names}


def ranks(conn: Connection) -> dict[int, Rank]:
    """Return the rank of every source by its id."""
    rows = conn.execute(select(source.c.id, source.c.trust, source.c.name))
    return {id_: Rank(-trust, name) for id_, trust, name in rows}
