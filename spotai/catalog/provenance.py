"""Who said what about tracks, and when: rows of ``provenance``, which many tracks share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, Row, select

from spotai.catalog.batches import insert_rows
from spotai.catalog.tables import provenance
from spotai.tracks import GROUPS

# For each group of which anything is known: the source's id, and when it was first heard.
Origins = Mapping[str, tuple[int, int]]

_COLUMNS: Final = {group: (f"{group}_source_id", f"{group}_time") for group in GROUPS}


class Provenances:
    """All provenance of a catalog, read once, for the length of a writer's transaction.

    Adding is only safe for the one writer that holds the write lock.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._origins: dict[int, Origins] = {}
        self._ids: dict[frozenset[tuple[str, tuple[int, int]]], int] = {}
        for row in conn.execute(select(provenance)):
            self._keep(row.id, dict(_known(row)))

    def origins(self, id_: int) -> Origins:
        """Return what a stored id stands for."""
        return self._origins[id_]

    def id_of(self, origins: Origins) -> int:
        """Return the id that stands for these origins, storing them when they are new."""
        key = frozenset(origins.items())
        if key not in self._ids:
            id_ = max(self._origins, default=0) + 1
            row: dict[str, int | None] = dict.fromkeys(provenance.columns.keys())
            row["id"] = id_
            for group, origin in origins.items():
                row.update(zip(_COLUMNS[group], origin, strict=True))
            insert_rows(self._conn, provenance, [row])
            self._keep(id_, dict(origins))
        return self._ids[key]

    def _keep(self, id_: int, origins: Origins) -> None:
        self._origins[id_] = origins
        self._ids[frozenset(origins.items())] = id_


def _known(row: Row[tuple[int | None, ...]]) -> Iterator[tuple[str, tuple[int, int]]]:
    said = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row's columns
    for group, (source_column, time_column) in _COLUMNS.items():
        if said[source_column] is not None:
            yield group, (said[source_column], said[time_column])
