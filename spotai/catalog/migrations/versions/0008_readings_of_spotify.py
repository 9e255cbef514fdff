"""What was read of accounts' playlists on Spotify, and what they save there."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0008"
down_revision = "0007"

MYSQL: dict[str, Any] = {
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mysql_engine": "InnoDB",
}
CLUSTERED: dict[str, Any] = MYSQL | {"sqlite_with_rowid": False}


def _owner(table: str, owner: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"],
        [f"{owner}.{key}"],
        name=op.f(f"fk_{table}_account_id_{owner}"),
        ondelete="CASCADE",
    )


def _texts(**lengths: int) -> list[sa.Column[Any]]:
    return [
        sa.Column(name, sa.String(length=length), nullable=False)
        for name, length in lengths.items()
    ]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _packed(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql"), nullable=False)


def _index(table: str, *columns: str) -> None:
    """Make an index that is not there yet: MySQL knows no CREATE INDEX IF NOT EXISTS."""
    name = f"ix_{table}_{'_'.join(columns)}"
    if name not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.create_index(name, table, list(columns))


def upgrade() -> None:
    """Make what is missing: MySQL keeps each step at once, also when the rest never comes."""
    op.create_table(
        "spotify_reading",
        *_texts(account_id=22, subject=64),
        *_numbers("number"),
        *_texts(mark=255),
        *_numbers("done", "total"),
        *_times("started"),
        sa.Column("complete", sa.Integer(), nullable=True),
        *_texts(complete_mark=255),
        *_times("finished"),
        *_texts(holder=32),
        *_times("lease_ends", "not_before"),
        *_texts(problem=64),
        sa.Column("message", sa.Text(), nullable=False),
        _owner("spotify_reading", "token", "account_id"),
        sa.PrimaryKeyConstraint("account_id", "subject", name=op.f("pk_spotify_reading")),
        if_not_exists=True,
        **CLUSTERED,
    )
    _index("spotify_reading", "started")
    op.create_table(
        "spotify_page",
        *_texts(account_id=22, subject=64),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        _packed("entries"),
        _owner("spotify_page", "token", "account_id"),
        sa.PrimaryKeyConstraint(
            "account_id", "subject", "number", "first", name=op.f("pk_spotify_page")
        ),
        if_not_exists=True,
        **CLUSTERED,
    )
    op.create_table(
        "spotify_songs",
        *_texts(account_id=22, subject=64),
        *_numbers("number"),
        *_times("generation", "finished"),
        *_numbers("songs"),
        _packed("track_ids"),
        sa.Column("told", sa.Text(), nullable=False),
        _owner("spotify_songs", "token", "account_id"),
        sa.PrimaryKeyConstraint("account_id", "subject", name=op.f("pk_spotify_songs")),
        if_not_exists=True,
        **MYSQL,
    )
    op.create_table(
        "spotify_save",
        *_texts(account_id=22, key_hash=64, body_hash=64, mode=16, playlist_id=64),
        sa.Column("base", sa.Integer(), nullable=True),
        *_numbers("done", "sent"),
        *_times("unsure", "started", "finished"),
        *_texts(holder=32),
        *_times("lease_ends"),
        _owner("spotify_save", "account", "id"),
        sa.PrimaryKeyConstraint("account_id", "key_hash", name=op.f("pk_spotify_save")),
        if_not_exists=True,
        **CLUSTERED,
    )
    _index("spotify_save", "account_id", "playlist_id")


def downgrade() -> None:
    for table in ("spotify_save", "spotify_songs", "spotify_page", "spotify_reading"):
        op.drop_table(table)
