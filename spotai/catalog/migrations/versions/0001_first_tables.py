"""The first tables: tracks with their artists, albums and genres, playlists, sources, loads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _create_index(name: str, table: str, columns: list[str], *, unique: bool = False) -> None:
    # MySQL knows no CREATE INDEX IF NOT EXISTS.
    if name not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}:
        op.create_index(op.f(name), table, columns, unique=unique)


def upgrade() -> None:
    """Make what is missing: MySQL keeps each table at once, also when the rest never comes."""
    op.create_table(
        "album",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_album")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "artist",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artist")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "genre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genre")),
        sa.UniqueConstraint("name", name=op.f("uq_genre_name")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        if_not_exists=True,
    )
    op.create_table(
        "load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("merged", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("playlists", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        if_not_exists=True,
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        if_not_exists=True,
    )
    op.create_table(
        "playlist",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_playlist_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    _create_index("ix_playlist_followers", "playlist", ["followers"])
    _create_index("ix_playlist_source_id", "playlist", ["source_id"])
    op.create_table(
        "track",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("album_id", sa.String(length=22), nullable=True),
        sa.Column("explicit", sa.Boolean(), nullable=True),
        sa.Column("release_date", sa.String(length=10), nullable=True),
        sa.Column("artwork", sa.Text(), nullable=True),
        sa.Column("acousticness", sa.Double(), nullable=True),
        sa.Column("danceability", sa.Double(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("energy", sa.Double(), nullable=True),
        sa.Column("instrumentalness", sa.Double(), nullable=True),
        sa.Column("key", sa.Integer(), nullable=True),
        sa.Column("liveness", sa.Double(), nullable=True),
        sa.Column("loudness", sa.Double(), nullable=True),
        sa.Column("mode", sa.Integer(), nullable=True),
        sa.Column("speechiness", sa.Double(), nullable=True),
        sa.Column("tempo", sa.Double(), nullable=True),
        sa.Column("time_signature", sa.Integer(), nullable=True),
        sa.Column("valence", sa.Double(), nullable=True),
        sa.Column("popularity", sa.Integer(), nullable=True),
        sa.Column("release_year", sa.Integer(), nullable=True),
        sa.Column("audio_source_id", sa.Integer(), nullable=True),
        sa.Column("duration_source_id", sa.Integer(), nullable=True),
        sa.Column("meter_source_id", sa.Integer(), nullable=True),
        sa.Column("popularity_source_id", sa.Integer(), nullable=True),
        sa.Column("release_source_id", sa.Integer(), nullable=True),
        sa.Column("text_source_id", sa.Integer(), nullable=True),
        sa.Column("album_source_id", sa.Integer(), nullable=True),
        sa.Column("explicit_source_id", sa.Integer(), nullable=True),
        sa.Column("genres_source_id", sa.Integer(), nullable=True),
        sa.Column("artwork_source_id", sa.Integer(), nullable=True),
        sa.Column("audio_time", sa.BigInteger(), nullable=True),
        sa.Column("duration_time", sa.BigInteger(), nullable=True),
        sa.Column("meter_time", sa.BigInteger(), nullable=True),
        sa.Column("popularity_time", sa.BigInteger(), nullable=True),
        sa.Column("release_time", sa.BigInteger(), nullable=True),
        sa.Column("text_time", sa.BigInteger(), nullable=True),
        sa.Column("album_time", sa.BigInteger(), nullable=True),
        sa.Column("explicit_time", sa.BigInteger(), nullable=True),
        sa.Column("genres_time", sa.BigInteger(), nullable=True),
        sa.Column("artwork_time", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["album_id"], ["album.id"], name=op.f("fk_track_album_id_album")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    _create_index("ix_track_album_id", "track", ["album_id"])
    op.create_table(
        "playlist_track",
        sa.Column("playlist_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_track_playlist_id_playlist"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_playlist_track_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("playlist_id", "position", name=op.f("pk_playlist_track")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    _create_index(
        "ix_playlist_track_track_id_playlist_id",
        "playlist_track",
        ["track_id", "playlist_id"],
        unique=True,
    )
    op.create_table(
        "track_artist",
        sa.Column("track_id", sa.String(length=22), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artist.id"], name=op.f("fk_track_artist_artist_id_artist")
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_track_artist_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("track_id", "position", name=op.f("pk_track_artist")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    _create_index("ix_track_artist_artist_id", "track_artist", ["artist_id"])
    op.create_table(
        "track_genre",
        sa.Column("track_id", sa.String(length=22), nullable=False),
        sa.Column("genre_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genre.id"], name=op.f("fk_track_genre_genre_id_genre")
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_track_genre_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("track_id", "genre_id", name=op.f("pk_track_genre")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_bin",
        mysql_engine="InnoDB",
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    _create_index("ix_track_genre_genre_id", "track_genre", ["genre_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_track_genre_genre_id"), table_name="track_genre")
    op.drop_table("track_genre")
    op.drop_index(op.f("ix_track_artist_artist_id"), table_name="track_artist")
    op.drop_table("track_artist")
    op.drop_index(op.f("ix_playlist_track_track_id_playlist_id"), table_name="playlist_track")
    op.drop_table("playlist_track")
    op.drop_index(op.f("ix_track_album_id"), table_name="track")
    op.drop_table("track")
    op.drop_index(op.f("ix_playlist_source_id"), table_name="playlist")
    op.drop_index(op.f("ix_playlist_followers"), table_name="playlist")
    op.drop_table("playlist")
    op.drop_table("source")
    op.drop_table("load")
    op.drop_table("genre")
    op.drop_table("artist")
    op.drop_table("album")
