"""Accounts of listeners who log in with Spotify, and what belongs to them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0007"
down_revision = "0006"

MYSQL: dict[str, Any] = {
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mysql_engine": "InnoDB",
}
CLUSTERED: dict[str, Any] = MYSQL | {"sqlite_with_rowid": False}


def _to_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"],
        ["account.id"],
        name=op.f(f"fk_{table}_account_id_account"),
        ondelete="CASCADE",
    )


def _sealed(name: str = "sealed") -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql"), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _index(table: str, column: str) -> None:
    """Make an index that is not there yet: MySQL knows no CREATE INDEX IF NOT EXISTS."""
    name = f"ix_{table}_{column}"
    if name not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.create_index(name, table, [column])


def upgrade() -> None:
    """Make what is missing: MySQL keeps each step at once, also when the rest never comes."""
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("spotify_user", sa.String(length=255), nullable=False),
        sa.Column("spotify_id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _number("created"),
        _number("seen"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("spotify_user", name=op.f("uq_account_spotify_user")),
        if_not_exists=True,
        **CLUSTERED,
    )
    _index("account", "seen")
    _let_accounts_own("session", CLUSTERED)
    _let_accounts_own("recipe", {})
    op.create_table(
        "token",
        sa.Column("account_id", sa.String(length=22), nullable=False),
        _sealed(),
        sa.Column("scopes", sa.Text(), nullable=False),
        *map(_number, ("expires", "version", "lease_until", "retry_at")),
        _to_account("token"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_token")),
        if_not_exists=True,
        **CLUSTERED,
    )
    op.create_table(
        "login_attempt",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        _sealed(),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        _number("created"),
        sa.ForeignKeyConstraint(
            ["session_hash"],
            ["session.id_hash"],
            name=op.f("fk_login_attempt_session_hash_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_login_attempt")),
        if_not_exists=True,
        **CLUSTERED,
    )
    _index("login_attempt", "session_hash")
    _index("login_attempt", "created")
    op.create_table(
        "account_known",
        sa.Column("account_id", sa.String(length=22), nullable=False),
        sa.Column("songs", sa.Integer(), nullable=False),
        _sealed("track_ids"),
        _to_account("account_known"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_known")),
        if_not_exists=True,
        **MYSQL,
    )


def _let_accounts_own(table: str, options: dict[str, Any]) -> None:
    """Add ``account_id``; of a recipe, which may be an account's, the session is no longer told."""
    found = sa.inspect(op.get_bind())
    columns = {column["name"]: column for column in found.get_columns(table)}
    constraints = {key["name"] for key in found.get_foreign_keys(table)}
    key = _to_account(table)
    lite = {name: value for name, value in options.items() if name.startswith("sqlite")}
    with op.batch_alter_table(table, table_kwargs=lite) as batch:
        if "account_id" not in columns:
            batch.add_column(sa.Column("account_id", sa.String(length=22), nullable=True))
        if "session_hash" in columns:
            batch.alter_column("session_hash", existing_type=sa.String(length=64), nullable=True)
        if key.name not in constraints:
            batch.create_foreign_key(
                str(key.name), "account", ["account_id"], ["id"], ondelete="CASCADE"
            )
    _index(table, "account_id")


def downgrade() -> None:
    """Forget the accounts; what a guest's session owns stays."""
    for table in ("account_known", "login_attempt", "token"):
        op.drop_table(table)
    recipe = sa.table("recipe", sa.column("account_id"), sa.column("session_hash"))
    op.execute(recipe.delete().where(recipe.c.session_hash.is_(None)))
    session = sa.table("session", sa.column("account_id"))
    op.execute(session.delete().where(session.c.account_id.is_not(None)))
    for table in ("recipe", "session"):
        lite = {"sqlite_with_rowid": False} if table == "session" else {}
        with op.batch_alter_table(table, table_kwargs=lite) as batch:
            batch.drop_constraint(f"fk_{table}_account_id_account", type_="foreignkey")
            batch.drop_index(f"ix_{table}_account_id")
            batch.drop_column("account_id")
            if table == "recipe":
                batch.alter_column(
                    "session_hash", existing_type=sa.String(length=64), nullable=False
                )
    op.drop_table("account")
