"""Who said what about a track, in rows that many tracks share instead of twenty columns each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_GROUPS = (
    "audio", "duration", "meter", "popularity", "release", "text", "album", "explicit", "genres",
    "artwork", "isrc",
)  # fmt: skip
_SOURCES = [f"{group}_source_id" for group in _GROUPS]
_TIMES = [f"{group}_time" for group in _GROUPS]


def upgrade() -> None:
    """Make what is missing: MySQL keeps each step at once, also when the rest never comes."""
    op.create_table(
        "provenance",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in _SOURCES),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _TIMES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provenance")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        if_not_exists=True,
    )
    present = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("track")}
    if "provenance_id" not in present:
        op.add_column("track", sa.Column("provenance_id", sa.Integer(), nullable=True))
    left = [name for name in (*_SOURCES, *_TIMES) if name in present]
    if len(left) == len(_SOURCES) + len(_TIMES):
        _move()
    # SQLite copies the table; dropping the columns one by one would copy it twenty times.
    with op.batch_alter_table("track", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for name in left:
            batch.drop_column(name)
        batch.alter_column("provenance_id", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    for name in _SOURCES:
        op.add_column("track", sa.Column(name, sa.Integer(), nullable=True))
    for name in _TIMES:
        op.add_column("track", sa.Column(name, sa.BigInteger(), nullable=True))
    track, provenance = _tables()
    said = sa.select(*provenance.c).where(provenance.c.id == track.c.provenance_id)
    for name in (*_SOURCES, *_TIMES):
        value = said.with_only_columns(provenance.c[name]).scalar_subquery()
        op.execute(track.update().values({name: value}))
    with op.batch_alter_table("track", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_column("provenance_id")
    op.drop_table("provenance")


def _tables() -> tuple[sa.TableClause, sa.TableClause]:
    names = [*_SOURCES, *_TIMES]
    track = sa.table("track", sa.column("provenance_id"), *map(sa.column, names))
    return track, sa.table("provenance", sa.column("id"), *map(sa.column, names))


def _move() -> None:
    conn = op.get_bind()
    track, provenance = _tables()
    names = [*_SOURCES, *_TIMES]
    columns = [track.c[name] for name in names]
    waiting = track.c.provenance_id.is_(None)
    last = conn.scalar(sa.select(sa.func.max(provenance.c.id))) or 0
    told = conn.execute(sa.select(*columns).where(waiting).distinct()).all()
    for id_, values in enumerate(told, last + 1):
        conn.execute(provenance.insert().values(id=id_, **dict(zip(names, values, strict=True))))
        same = (c.is_not_distinct_from(v) for c, v in zip(columns, values, strict=True))
        conn.execute(track.update().where(waiting, *same).values(provenance_id=id_))
