"""What belongs to a session: saved recipes, and the songs its listener knows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"

MYSQL: dict[str, Any] = {
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mysql_engine": "InnoDB",
}


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["session_hash"],
        ["session.id_hash"],
        name=op.f(f"fk_{table}_session_hash_session"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    """Make what is missing: MySQL keeps each step at once, also when the rest never comes."""
    op.create_table(
        "recipe",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("recipe", sa.Text().with_variant(mysql.LONGTEXT(), "mysql"), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        _owner("recipe"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        if_not_exists=True,
        **MYSQL,
    )
    indexes = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("recipe")}
    if "ix_recipe_session_hash" not in indexes:  # MySQL knows no CREATE INDEX IF NOT EXISTS
        op.create_index("ix_recipe_session_hash", "recipe", ["session_hash"])
    op.create_table(
        "known_tracks",
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("songs", sa.Integer(), nullable=False),
        sa.Column(
            "track_ids", sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql"), nullable=False
        ),
        _owner("known_tracks"),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_known_tracks")),
        if_not_exists=True,
        **MYSQL,
    )


def downgrade() -> None:
    op.drop_table("known_tracks")
    op.drop_table("recipe")
