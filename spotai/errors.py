"""Every error SpotAI raises on purpose.

    SpotAIError
    ├── InputError                 the caller can mend it; HTTP 4xx
    │   ├── FormatError            a file or text that no reader understands
    │   ├── FeatureValueError      a feature value outside its bounds
    │   ├── RecipeError            a recipe that cannot be carried out as written
    │   ├── QueryError             a search query outside its contract
    │   ├── NoKnownTracksError     none of the given tracks is in the catalog
    │   ├── NotFoundError          the thing asked for does not exist
    │   └── TooLargeError          more bytes or items than a request may hold
    ├── ConfigurationError         settings that cannot work; the operator can mend them
    ├── DamagedSnapshotError       snapshot files that are incomplete, altered or too new
    └── DependencyError            something we need is not there right now; HTTP 503
        ├── DatabaseUnavailableError
        ├── SnapshotMissingError   nothing to search yet
        └── SnapshotBusyError      another process is building a snapshot in the same folder

``slug`` is the stable last part of the problem type the HTTP API answers with, ``status`` its
HTTP status and ``title`` its short sentence for people. The message says what to do.
"""

from __future__ import annotations

from typing import ClassVar


class SpotAIError(Exception):
    """Base of the tree. ``field`` names the part of the input at fault, where there is one."""

    slug: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InputError(SpotAIError):
    slug = "invalid-input"
    status = 422
    title = "The input cannot be used"


class FormatError(InputError):
    slug = "unreadable-file"
    title = "The file cannot be read"


class FeatureValueError(InputError):
    slug = "invalid-feature-value"
    title = "A feature value is out of bounds"


class RecipeError(InputError):
    slug = "invalid-recipe"
    title = "The recipe cannot be carried out"


class QueryError(InputError):
    slug = "invalid-query"
    title = "The search query is not valid"


class NoKnownTracksError(InputError):
    slug = "no-known-tracks"
    title = "None of these songs is in the catalog"


class NotFoundError(InputError):
    slug = "not-found"
    status = 404
    title = "There is nothing here"


class TooLargeError(InputError):
    slug = "too-large"
    status = 413
    title = "The request is too large"


class ConfigurationError(SpotAIError):
    slug = "misconfigured"
    title = "The server is not configured correctly"


class DamagedSnapshotError(SpotAIError):
    slug = "damaged-snapshot"
    title = "The catalog snapshot is damaged"


class DependencyError(SpotAIError):
    """``retry_after`` is in seconds."""

    slug = "unavailable"
    status = 503
    title = "Not available right now"
    retry_after: ClassVar[int] = 5


class DatabaseUnavailableError(DependencyError):
    slug = "database-unavailable"
    title = "The database does not answer"


class SnapshotMissingError(DependencyError):
    slug = "snapshot-missing"
    title = "There are no songs to search yet"
    retry_after = 30


class SnapshotBusyError(DependencyError):
    slug = "snapshot-busy"
    title = "A snapshot is being built already"
    retry_after = 30
