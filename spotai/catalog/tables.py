"""The tables of the catalog, as SQLAlchemy Core metadata.

The feature columns of ``track`` come from ``features.FEATURES``. Who said what about it stands in
``provenance``, whose rows many tracks share: for each of ``tracks.GROUPS`` the columns
``<group>_source_id`` and ``<group>_time`` (unix seconds), both null while nobody has said anything
about the group.

On MySQL and MariaDB every text column compares by bytes (``utf8mb4_bin``): ids differ by case,
and their order is the same as SQLite's.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.types import TypeEngine

from spotai.features import FEATURES, Feature
from spotai.tracks import GROUPS, ID_LENGTH

NAME_LENGTH: Final = 255
ISRC_LENGTH: Final = 12
TERM_LENGTH: Final = 32
HEAD_LENGTH: Final = 2
SAVED_ID_LENGTH: Final = 22
RECIPE_NAME_LENGTH: Final = 100
ACCOUNT_ID_LENGTH: Final = 22
HASH_LENGTH: Final = 64
SUBJECT_LENGTH: Final = 64
HOLDER_LENGTH: Final = 32
PROBLEM_LENGTH: Final = 64
MYSQL: Final[dict[str, Any]] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
}
# Clustered by their text key, as InnoDB does anyway: rows are read in order of id.
CLUSTERED: Final[dict[str, Any]] = MYSQL | {"sqlite_with_rowid": False}

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(ID_LENGTH), primary_key=True)


def _feature(feature: Feature) -> Column[float]:
    number: TypeEngine[Any] = Integer() if feature.integer else Double()
    return Column(feature.name, number)


def _packed(name: str) -> Column[bytes]:
    return Column(name, LargeBinary().with_variant(mysql.LONGBLOB(), "mysql"), nullable=False)


def _owner(name: str, key: str, **options: Any) -> Column[str]:
    return Column(name, ForeignKey(key, ondelete="CASCADE"), **options)


_session = partial(_owner, "session_hash", "session.id_hash")
_account = partial(_owner, "account_id", "account.id")
_granted = partial(_owner, "account_id", "token.account_id")


source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(NAME_LENGTH), nullable=False, unique=True),
    Column("trust", Integer, nullable=False),
    **MYSQL,
)

artist = Table("artist", metadata, _id(), Column("name", Text, nullable=False), **CLUSTERED)

album = Table("album", metadata, _id(), Column("name", Text, nullable=False), **CLUSTERED)

genre = Table(
    "genre",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(NAME_LENGTH), nullable=False, unique=True),
    **MYSQL,
)

provenance = Table(
    "provenance",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(f"{group}_source_id", Integer) for group in GROUPS),
    *(Column(f"{group}_time", BigInteger) for group in GROUPS),
    **MYSQL,
)

track = Table(
    "track",
    metadata,
    _id(),
    Column("title", Text),
    Column("album_id", ForeignKey("album.id"), index=True),
    Column("explicit", Boolean),
    Column("release_date", String(10)),
    Column("artwork", Text),
    Column("isrc", String(ISRC_LENGTH), index=True),
    *map(_feature, FEATURES),
    # No foreign key: it would cost an index on MySQL, and provenance is never deleted.
    Column("provenance_id", Integer, nullable=False),
    **CLUSTERED,
)

track_artist = Table(
    "track_artist",
    metadata,
    Column("track_id", ForeignKey("track.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("artist_id", ForeignKey("artist.id"), nullable=False, index=True),
    **CLUSTERED,
)

track_genre = Table(
    "track_genre",
    metadata,
    Column("track_id", ForeignKey("track.id", ondelete="CASCADE"), primary_key=True),
    Column("genre_id", ForeignKey("genre.id"), primary_key=True, index=True),
    **CLUSTERED,
)

playlist = Table(
    "playlist",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("followers", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source_id", ForeignKey("source.id"), nullable=False, index=True),
    Index(None, "followers"),
    **CLUSTERED,
)

playlist_track = Table(
    "playlist_track",
    metadata,
    Column("playlist_id", ForeignKey("playlist.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("track_id", ForeignKey("track.id", ondelete="CASCADE"), nullable=False),
    Index(None, "track_id", "playlist_id", unique=True),
    **CLUSTERED,
)

# The word index (text_search.py): songs are numbered within parts, best first, and search_order
# lists their ids in this order, in blocks; search_song names the songs that a part still answers
# for. search_term lists the words of a part with the numbers of the songs they occur in.
search_part = Table(
    "search_part",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("songs", Integer, nullable=False),
    **MYSQL,
)

search_song = Table(
    "search_song",
    metadata,
    Column("track_id", ForeignKey("track.id", ondelete="CASCADE"), primary_key=True),
    Column("part_id", Integer, nullable=False),
    **CLUSTERED,
)

search_order = Table(
    "search_order",
    metadata,
    Column("part_id", Integer, primary_key=True, autoincrement=False),
    Column("block", Integer, primary_key=True, autoincrement=False),
    _packed("track_ids"),
    **CLUSTERED,
)

search_term = Table(
    "search_term",
    metadata,
    Column("part_id", Integer, primary_key=True, autoincrement=False),
    Column("head", String(HEAD_LENGTH), primary_key=True),
    Column("piece", Integer, primary_key=True, autoincrement=False),
    Column("first_term", String(TERM_LENGTH), nullable=False),
    Column("last_term", String(TERM_LENGTH), nullable=False),
    _packed("terms"),
    _packed("counts"),
    _packed("postings"),
    **CLUSTERED,
)

# A listener who has logged in. ``spotify_user`` is what Spotify knows them by for good,
# ``spotify_id`` what it names as the owner of their playlists; ``seen`` is their last login.
account = Table(
    "account",
    metadata,
    Column("id", String(ACCOUNT_ID_LENGTH), primary_key=True),
    Column("spotify_user", String(NAME_LENGTH), nullable=False, unique=True),
    Column("spotify_id", String(NAME_LENGTH), nullable=False),
    Column("name", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False, index=True),
    **CLUSTERED,
)

# Null ``account_id``: a guest's.
session = Table(
    "session",
    metadata,
    Column("id_hash", String(HASH_LENGTH), primary_key=True),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    _account(index=True),
    **CLUSTERED,
)

# What Spotify lets us do for a listener. ``sealed`` holds the tokens, encrypted; ``version`` goes
# up with each change of them. Until ``lease_until`` somebody is refreshing them, and before
# ``retry_at`` nobody is to try.
token = Table(
    "token",
    metadata,
    _account(primary_key=True),
    _packed("sealed"),
    Column("scopes", Text, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("retry_at", BigInteger, nullable=False),
    **CLUSTERED,
)

# A login that was begun and not yet finished; ``sealed`` holds PKCE's code verifier, encrypted.
login_attempt = Table(
    "login_attempt",
    metadata,
    Column("state_hash", String(HASH_LENGTH), primary_key=True),
    _session(nullable=False, index=True),
    _packed("sealed"),
    Column("next", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created", BigInteger, nullable=False, index=True),
    **CLUSTERED,
)

# What belongs to a guest's session or to an account goes with it: just one of the two is set.
recipe = Table(
    "recipe",
    metadata,
    Column("id", String(SAVED_ID_LENGTH), primary_key=True),
    _session(index=True),
    _account(index=True),
    Column("name", String(RECIPE_NAME_LENGTH), nullable=False),
    Column("recipe", Text().with_variant(mysql.LONGTEXT(), "mysql"), nullable=False),
    Column("link", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    **MYSQL,
)

# The songs a session's listener knows, packed: they are read whole with every count.
known_tracks = Table(
    "known_tracks",
    metadata,
    _session(primary_key=True),
    Column("songs", Integer, nullable=False),
    _packed("track_ids"),
    **MYSQL,
)

# The same of an account.
account_known = Table(
    "account_known",
    metadata,
    _account(primary_key=True),
    Column("songs", Integer, nullable=False),
    _packed("track_ids"),
    **MYSQL,
)

load = Table(
    "load",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("format", String(32), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("status", String(16), nullable=False),
    Column("rows_read", BigInteger, nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("merged", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("playlists", BigInteger, nullable=False),
    Column("message", Text, nullable=False),
    **MYSQL,
)

# What was read of an account's lists on Spotify (readings.py). ``number`` is that of the reading
# which goes on, or was the last; ``complete`` that of the last one which came to its end. It goes
# with the tokens by which it was read.
spotify_reading = Table(
    "spotify_reading",
    metadata,
    _granted(primary_key=True),
    Column("subject", String(SUBJECT_LENGTH), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("mark", String(NAME_LENGTH), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("started", BigInteger, nullable=False, index=True),
    Column("complete", Integer),
    Column("complete_mark", String(NAME_LENGTH), nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("holder", String(HOLDER_LENGTH), nullable=False),
    Column("lease_ends", BigInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("problem", String(PROBLEM_LENGTH), nullable=False),
    Column("message", Text, nullable=False),
    **CLUSTERED,
)

# ``first`` is the place of a page's first entry in its list, from 0.
spotify_page = Table(
    "spotify_page",
    metadata,
    _granted(primary_key=True),
    Column("subject", String(SUBJECT_LENGTH), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, primary_key=True, autoincrement=False),
    _packed("entries"),
    **CLUSTERED,
)

# The songs of such a list as the catalog has them (matched.py), packed: they are read whole.
spotify_songs = Table(
    "spotify_songs",
    metadata,
    _granted(primary_key=True),
    Column("subject", String(SUBJECT_LENGTH), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("generation", BigInteger, nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("songs", Integer, nullable=False),
    _packed("track_ids"),
    Column("told", Text, nullable=False),
    **MYSQL,
)

# A list of songs that an account saves on Spotify (saves.py), and how far that is. ``playlist_id``
# is empty until it is known; ``making`` is when a new one was asked for without an answer, ``sent``
# how many songs were sent after ``done`` without one, ``base`` how many stood there before ours.
spotify_save = Table(
    "spotify_save",
    metadata,
    _account(primary_key=True),
    Column("key_hash", String(HASH_LENGTH), primary_key=True),
    Column("body_hash", String(HASH_LENGTH), nullable=False),
    Column("mode", String(16), nullable=False),
    Column("playlist_id", String(SUBJECT_LENGTH), nullable=False),
    Column("base", Integer),
    Column("done", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("unsure", BigInteger, nullable=False),
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger, nullable=False),
    Column("holder", String(HOLDER_LENGTH), nullable=False),
    Column("lease_ends", BigInteger, nullable=False),
    Index(None, "account_id", "playlist_id"),
    **CLUSTERED,
)
