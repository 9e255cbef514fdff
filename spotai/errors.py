"""Every error SpotAI raises on purpose.

    SpotAIError
    ├── InputError                 the caller can mend it; HTTP 4xx
    │   ├── MalformedError         a text that is not one JSON text with distinct names
    │   ├── InvalidFieldsError     JSON with fields that cannot be used, all of them at once
    │   ├── FormatError            a file or text that no reader understands
    │   │   └── UnfinishedRecordError  it ends inside a record; more text may end it
    │   ├── AddressError           an address that nothing can be downloaded from
    │   ├── FeatureValueError      a feature value outside its bounds
    │   ├── RecipeError            a recipe that cannot be carried out as written
    │   │   └── RecipeLinkError        a link that holds no recipe we can read
    │   ├── QueryError             a search query outside its contract
    │   ├── NoKnownTracksError     none of the given tracks can be searched
    │   ├── NotFoundError          the thing asked for does not exist
    │   ├── TooLargeError          more bytes or items than a request may hold
    │   ├── CrossSiteError         a change that our own page did not ask for
    │   ├── MisdirectedError       a request for a server of another name
    │   ├── SessionExpiredError    a session that is needed, and is over or never was
    │   ├── TooManyRequestsError   more requests than one address may send
    │   ├── LoginAttemptError      an answer of Spotify's to a login that we did not begin here
    │   ├── LoginNeededError       no Spotify login, or one that does not reach as far
    │   ├── GrantEndedError        a Spotify login that is over: revoked, or too old
    │   └── SpotifyRefusedError    Spotify does not let this account or app do it
    ├── ConfigurationError         settings that cannot work; the operator can mend them
    ├── DamagedSnapshotError       snapshot files that are incomplete, altered or too new
    └── DependencyError            something we need is not there right now; HTTP 503
        ├── BusyError              as much at once as the server takes
        │   └── LeaseLostError         somebody else goes on with the same work
        ├── DatabaseUnavailableError
        ├── DownloadError          a download that did not come to its end; it can be resumed
        │   └── TransferCutError   cut off just now; trying again may help
        ├── StartingError          the server is not ready yet
        ├── SnapshotMissingError   nothing to search yet
        ├── SnapshotBusyError      another process is building a snapshot in the same folder
        ├── SpotifyUnavailableError    Spotify does not answer, or answers with a fault
        ├── SpotifyLimitedError        more requests than Spotify takes for now
        ├── SpotifyQuotaError          what Spotify allows this app is used up
        └── StillReadingError          a list on Spotify that is not read to its end

``slug`` is the stable last part of the problem type the HTTP API answers with, ``status`` its
HTTP status and ``title`` its short sentence for people. The message says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, Literal

_LONGEST_PATH: Final = 200


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


class MalformedError(InputError):
    slug = "malformed-request"
    status = 400
    title = "The request cannot be read"


class InvalidFieldsError(InputError):
    """``faults`` holds a path and a message each; the path is "" for the whole.

    ``total`` counts the faults where there are more than ``faults`` names.
    """

    def __init__(self, faults: Sequence[tuple[str, str]], *, total: int | None = None) -> None:
        self.faults: Final = tuple(faults)
        path, message = self.faults[0]
        self.total: Final = total or len(self.faults)
        more = self.total - 1
        at = f"{path[:_LONGEST_PATH]}: " if path else ""
        super().__init__(f"{at}{message}" + (f" (and {more:,} more)" if more else ""))


class FormatError(InputError):
    slug = "unreadable-file"
    title = "The file cannot be read"


class UnfinishedRecordError(FormatError):
    """``line`` is where the record begins."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class AddressError(InputError):
    """Only the command line downloads, so HTTP has no kind of problem for it."""


class FeatureValueError(InputError):
    slug = "invalid-feature-value"
    title = "A feature value is out of bounds"


class RecipeError(InputError):
    slug = "invalid-recipe"
    title = "The recipe cannot be carried out"


class RecipeLinkError(RecipeError):
    slug = "invalid-recipe-link"
    title = "This recipe link cannot be opened"


class QueryError(InputError):
    slug = "invalid-query"
    title = "The search query is not valid"


class NoKnownTracksError(InputError):
    slug = "no-known-tracks"
    title = "None of these songs can be searched"


class NotFoundError(InputError):
    slug = "not-found"
    status = 404
    title = "There is nothing here"


class TooLargeError(InputError):
    slug = "too-large"
    status = 413
    title = "The request is too large"


class CrossSiteError(InputError):
    slug = "csrf"
    status = 403
    title = "The request may come from another site"


class MisdirectedError(InputError):
    slug = "misdirected-request"
    status = 421
    title = "The request is for another server"


class SessionExpiredError(InputError):
    slug = "session-expired"
    status = 401
    title = "There is no session, or it is over"


class TooManyRequestsError(InputError):
    """``retry_after`` is in seconds."""

    slug = "too-many-requests"
    status = 429
    title = "Too many requests"

    def __init__(self, message: str, *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after: Final = retry_after


class LoginAttemptError(InputError):
    slug = "login-attempt"
    status = 400
    title = "This login cannot be finished"


class LoginNeededError(InputError):
    slug = "spotify-login-needed"
    status = 401
    title = "Log in with Spotify for this"


class GrantEndedError(InputError):
    slug = "spotify-login-ended"
    status = 401
    title = "The Spotify login is over"


Refusal = Literal["not_listed", "premium", "scope", "forbidden"]


class SpotifyRefusedError(InputError):
    """``reason`` says why, as far as Spotify tells."""

    slug = "spotify-refused"
    status = 403
    title = "Spotify does not allow this"

    def __init__(self, message: str, *, reason: Refusal = "forbidden") -> None:
        super().__init__(message)
        self.reason: Final = reason


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
    retry_after: int = 5


class BusyError(DependencyError):
    slug = "busy"
    title = "The server is busy"


class LeaseLostError(BusyError):
    """Of work that is in SQL; whoever lost it leaves it alone."""


class DatabaseUnavailableError(DependencyError):
    slug = "database-unavailable"
    title = "The database does not answer"


class DownloadError(DependencyError):
    """Only the command line downloads, so HTTP has no kind of problem for it."""


class TransferCutError(DownloadError):
    """``pause`` is how many seconds the other side asks to be left alone."""

    def __init__(self, message: str, *, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause: Final = pause


class StartingError(DependencyError):
    """Answered before the application takes over (spotai/doorman.py)."""

    slug = "starting"
    title = "SpotAI is starting"
    retry_after = 10


class SnapshotMissingError(DependencyError):
    slug = "snapshot-missing"
    title = "There are no songs to search yet"
    retry_after = 30


class SnapshotBusyError(DependencyError):
    slug = "snapshot-busy"
    title = "A snapshot is being built already"
    retry_after = 30


class SpotifyUnavailableError(DependencyError):
    slug = "spotify-unavailable"
    title = "Spotify does not answer"
    retry_after = 30

    def __init__(self, message: str, *, retry_after: int = retry_after) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SpotifyLimitedError(DependencyError):
    slug = "spotify-limited"
    title = "Spotify asks for a pause"
    retry_after = 30

    def __init__(self, message: str, *, retry_after: int = retry_after) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SpotifyQuotaError(DependencyError):
    slug = "spotify-quota"
    title = "The requests that Spotify allows this app are used up"
    retry_after = 3600

    def __init__(self, message: str, *, retry_after: int = retry_after) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StillReadingError(DependencyError):
    slug = "still-reading"
    title = "This is still being read from Spotify"
    retry_after = 2
