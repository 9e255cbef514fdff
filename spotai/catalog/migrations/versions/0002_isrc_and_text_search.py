"""ISRCs of tracks, and the word index that finds songs by title and artist."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make what is missing: MySQL keeps each step at once, also when the rest never comes."""
    there = sa.inspect(op.get_bind())
    columns = {column["name"] for column in there.get_columns("track")}
    for column in (
        sa.Column("isrc", sa.String(length=12), nullable=True),
        sa.Column("isrc_source_id", sa.Integer(), nullable=True),
        sa.Column("isrc_time", sa.BigInteger(), nullable=True),
    ):
        if column.name not in columns:
            op.add_column("track", column)
    if "ix_track_isrc" not in {index["name"] for index in there.get_indexes("track")}:
        op.create_index(op.f("ix_track_isrc"), "track", ["isrc"], unique=False)
    op.create_table(
        "search_part",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("songs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_part")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        if_not_exists=True,
    )
    op.create_table(
        "search_song",
        sa.Column("part_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("track_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_search_song_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("part_id", "number", name=op.f("pk_search_song")),
        sa.UniqueConstraint("track_id", name=op.f("uq_search_song_track_id")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "search_term",
        sa.Column("part_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=32), nullable=False),
        sa.Column(
            "postings",
            sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("part_id", "term", name=op.f("pk_search_term")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )


def downgrade() -> None:
    op.drop_table("search_term")
    op.drop_table("search_song")
    op.drop_table("search_part")
    op.drop_index(op.f("ix_track_isrc"), table_name="track")
    op.drop_column("track", "isrc_time")
    op.drop_column("track", "isrc_source_id")
    op.drop_column("track", "isrc")
