"""The word index in few, larger rows. It is made anew when the catalog is next prepared."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0004"
down_revision = "0003"

MYSQL: dict[str, Any] = {
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mysql_engine": "InnoDB",
}
PACKED = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql")


def upgrade() -> None:
    """Make all tables of the index anew, also when that was cut short before."""
    for table in ("search_term", "search_order", "search_song", "search_part"):
        op.drop_table(table, if_exists=True)
    op.create_table(
        "search_part",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("songs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_part")),
        **MYSQL,
    )
    op.create_table(
        "search_song",
        sa.Column("track_id", sa.String(length=22), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_search_song_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_search_song")),
        sqlite_with_rowid=False,
        **MYSQL,
    )
    op.create_table(
        "search_order",
        sa.Column("part_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("track_ids", PACKED, nullable=False),
        sa.PrimaryKeyConstraint("part_id", "block", name=op.f("pk_search_order")),
        sqlite_with_rowid=False,
        **MYSQL,
    )
    op.create_table(
        "search_term",
        sa.Column("part_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head", sa.String(length=2), nullable=False),
        sa.Column("piece", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_term", sa.String(length=32), nullable=False),
        sa.Column("last_term", sa.String(length=32), nullable=False),
        sa.Column("terms", PACKED, nullable=False),
        sa.Column("counts", PACKED, nullable=False),
        sa.Column("postings", PACKED, nullable=False),
        sa.PrimaryKeyConstraint("part_id", "head", "piece", name=op.f("pk_search_term")),
        sqlite_with_rowid=False,
        **MYSQL,
    )


def downgrade() -> None:
    """Go back to the tables of the revision before, empty."""
    for table in ("search_term", "search_order", "search_song", "search_part"):
        op.drop_table(table, if_exists=True)
    op.create_table(
        "search_part",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("songs", sa.Integer(), nullable=False),
        **MYSQL,
    )
    op.create_table(
        "search_song",
        sa.Column("part_id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("number", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column(
            "track_id",
            sa.String(length=22),
            sa.ForeignKey("track.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sqlite_with_rowid=False,
        **MYSQL,
    )
    op.create_table(
        "search_term",
        sa.Column("part_id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("term", sa.String(length=32), primary_key=True),
        sa.Column("postings", PACKED, nullable=False),
        sqlite_with_rowid=False,
        **MYSQL,
    )
