"""Fetching files from addresses: streamed to disk, resumed where a connection was cut.

A file is kept in a folder of its own with what the server said to tell its versions apart. The
next request asks for the bytes that are missing, on the condition that the file is still the
same (RFC 9110, Range and If-Range). A whole file is asked for again in the same way: the server
then says that there is nothing more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

import requests
import urllib3

from spotai import __version__
from spotai.errors import (
    AddressError,
    ConfigurationError,
    DownloadError,
    InputError,
    TransferCutError,
)
from spotai.ingest.addresses import check_address, shown_address
from spotai.ingest.partial import Partial, State, only_user

Progress = Callable[[int, int], None]
Say = Callable[[str], None]

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 60.0
PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
LONGEST_PAUSE: Final = 60.0
MOST_REDIRECTS: Final = 10
PIECE: Final = 2**16

_BUSY: Final = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
_OF_A_PART: Final = frozenset(
    {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}
)
# More digits than any disk has bytes are no length, and more than int takes.
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
_CONTENT_RANGE: Final = re.compile(
    rf"bytes (?:({_LENGTH.pattern})-[0-9]+|\*)/({_LENGTH.pattern}|\*)\s*"
)

_NO_ADDRESS: Final = "is no address, or leads on to none; check how it is written"


@contextmanager
def downloaded(
    address: str,
    downloads: Path,
    *,
    keep: bool = False,
    progress: Progress | None = None,
    say: Say | None = None,
    pauses: tuple[float, ...] = PAUSES,
    read_seconds: float = READ_SECONDS,
) -> Iterator[Path]:
    """Yield the file at an https address, downloaded whole.

    It lies in a folder of its own in ``downloads``, which is removed at the end of the ``with``
    unless ``keep`` or an error other than InputError asks for the file again. A transfer that is
    cut is tried again after each of the ``pauses`` (seconds), as long as no more bytes came in
    between. ``progress`` is told the bytes here and the bytes of the file, 0 where the server does
    not say; ``say`` the size, and what is being waited for.

    Raises AddressError when there is nothing to be had, and DownloadError when the file did not
    come to its end; running it again then goes on from there.
    """
    check_address(address)
    with only_user(downloads, address) as partial:
        transfer = _Transfer(
            address, partial, progress or _tell_nobody, say or _say_nothing, read_seconds
        )
        transfer.run(pauses)
        try:
            yield partial.file
        except InputError:
            partial.remove()  # it would be refused again
            raise
        if not keep:
            partial.remove()


@dataclass(slots=True)
class _Transfer:
    address: str
    partial: Partial
    progress: Progress
    say: Say
    read_seconds: float
    _announced: bool = False

    @property
    def _name(self) -> str:
        return shown_address(self.address)

    def run(self, pauses: tuple[float, ...]) -> None:
        """Fetch what is missing, trying again as long as that may help."""
        furthest = self.partial.size
        failures = 0
        with _https_session() as session:
            while True:
                try:
                    self._fetch(session)
                except TransferCutError as cut:
                    if self.partial.size > furthest:
                        furthest = self.partial.size
                        failures = 0
                    if failures == len(pauses):
                        raise DownloadError(
                            f"{self._name}: {cut}, {failures + 1} times. {self._kept()}"
                        ) from None
                    pause = max(pauses[failures], min(cut.pause, LONGEST_PAUSE))
                    failures += 1
                    self.say(f"{self._name}: {cut}; trying again in {pause:g} s")
                    time.sleep(pause)
                else:
                    return

    def _kept(self) -> str:
        if not self.partial.resumable:
            return "Run the command again later."
        return f"Run the command again: it goes on after {_megabytes(self.partial.size)}."

    def _fetch(self, session: requests.Session) -> None:
        resuming = self.partial.resumable
        headers = {"Accept-Encoding": "identity", "User-Agent": f"spotai/{__version__}"}
        if resuming:
            headers["Range"] = f"bytes={self.partial.size}-"
            headers["If-Range"] = self.partial.state.validator
        with self._ask(session, headers) as answer:
            status = answer.status_code
            if status == HTTPStatus.OK:
                self.partial.begin(_state(answer, _content_length(answer)))
                self._receive(answer)
            elif not resuming or status not in _OF_A_PART:
                raise self._refusal(answer)
            elif status == HTTPStatus.PARTIAL_CONTENT and self._fits(answer):
                self._receive(answer)
            elif status == HTTPStatus.PARTIAL_CONTENT or not self._complete(answer):
                # The server holds another file by now, or counts its bytes otherwise.
                self.partial.begin(State())
                self._fetch(session)

    def _ask(self, session: requests.Session, headers: dict[str, str]) -> requests.Response:
        try:
            return session.get(
                self.address,
                headers=headers,
                stream=True,
                timeout=(CONNECT_SECONDS, self.read_seconds),
            )
        except requests.RequestException as error:
            # What it says of itself holds the whole address, so it is told in our own words.
            raise self._failure(error) from None
        except ValueError:
            # Not all that a server may name as the next address is checked where it is followed.
            raise AddressError(f"{self._name} {_NO_ADDRESS}") from None
        except OSError:
            raise ConfigurationError(
                "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names no file of certificates"
            ) from None

    def _failure(self, error: requests.RequestException) -> Exception:
        refused = {
            requests.exceptions.TooManyRedirects: "leads on to other addresses again and again",
            requests.exceptions.InvalidSchema: "leads on to an address that is not https",
            requests.exceptions.InvalidURL: _NO_ADDRESS,
            requests.exceptions.InvalidHeader: "has two lengths, says the server. Download it in "
            "a browser, then load it.",
        }
        for kind, why in refused.items():
            if isinstance(error, kind):
                return AddressError(f"{self._name} {why}")
        if isinstance(error, requests.exceptions.ConnectTimeout):
            return TransferCutError(f"no connection within {CONNECT_SECONDS:g} s")
        if isinstance(error, requests.exceptions.Timeout):
            return TransferCutError(f"no answer within {self.read_seconds:g} s")
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return DownloadError(
                f"{self._name}: the certificate of the server cannot be trusted. Check the "
                "address; for an authority of your own name its file in REQUESTS_CA_BUNDLE."
            )
        if "NameResolutionError" in str(error):
            return TransferCutError("no server of this name is known here")
        return TransferCutError("the server cannot be reached, or cut the connection")

    def _refusal(self, answer: requests.Response) -> Exception:
        status = answer.status_code
        if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return TransferCutError(f"the server answered {status}", pause=_retry_after(answer))
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return AddressError(
                f"{self._name}: there is no such file ({status}). Check the address."
            )
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return AddressError(
                f"{self._name} needs a login, or may not be read ({status}). Download the file "
                "in a browser, then load it."
            )
        return AddressError(f"{self._name}: the server answered {status} instead of a file.")

    def _complete(self, answer: requests.Response) -> bool:
        """Whether the server has nothing more because all of it is here."""
        return self.partial.whole and _file_length(answer) in {None, self.partial.size}

    def _fits(self, answer: requests.Response) -> bool:
        """Whether a part continues the file that is here; servers may overlook If-Range."""
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if not found or found[1] != str(self.partial.size):
            return False
        here, there = self.partial.state, _state(answer, _file_length(answer))
        return here.validator == there.validator and here.total in {None, there.total}

    def _receive(self, answer: requests.Response) -> None:
        """Append the body of an answer to the file. The server must show where it ends."""
        if self.partial.state.total is None and (length := _file_length(answer)):
            self.partial.expect(length)
        total = self.partial.state.total
        if not _tells_its_end(answer):
            raise AddressError(
                f"{self._name}: the server does not say how long the file is, so nobody can tell "
                "whether it came whole. Download it in a browser, then load it."
            )
        self._announce(total)
        self.partial.need_room(total)
        try:
            with self.partial.appending() as append:
                for piece in _pieces(answer):
                    here = append(piece)
                    self.progress(here, total or 0)
                    if total is not None and here > total:
                        break
        except urllib3.exceptions.ReadTimeoutError:
            raise TransferCutError(f"nothing came for {self.read_seconds:g} s") from None
        except urllib3.exceptions.HTTPError:
            raise TransferCutError("the connection was cut") from None
        if total is None:
            self.partial.expect(self.partial.size)
        elif self.partial.size != total:
            here = self.partial.size
            if here > total:
                self.partial.begin(State())
            raise TransferCutError(
                f"{_megabytes(here)} came where {_megabytes(total)} were promised"
            )

    def _announce(self, total: int | None) -> None:
        if self._announced:
            return
        self._announced = True
        here = self.partial.size
        size = "? MB" if total is None else _megabytes(total)
        self.say(
            f"Downloading {self._name}: {size}" + (f", {_megabytes(here)} are here" * bool(here))
        )


def _https_session() -> requests.Session:
    session = requests.Session()
    session.max_redirects = MOST_REDIRECTS
    https = session.get_adapter("https://")
    session.adapters.clear()  # so that no redirect leads to plain http
    session.mount("https://", https)
    session.hooks["response"].append(_leave_unread)
    return session


def _leave_unread(answer: requests.Response, **_: object) -> None:
    """Close an answer that leads on: its body is of no use, and would be read whole into memory."""
    if answer.is_redirect:
        answer.close()


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """Yield the body as it comes, to the length the answer names, or to the end it tells."""
    left = _content_length(answer)
    # read1 never takes more into memory than it is asked for, whatever chunk sizes say.
    while left != 0 and (
        piece := answer.raw.read1(min(left or PIECE, PIECE), decode_content=False)
    ):
        yield piece
        left = None if left is None else left - len(piece)


def _state(answer: requests.Response, total: int | None) -> State:
    return State(
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        total=total,
    )


def _content_length(answer: requests.Response) -> int | None:
    """Return the length of the body; it may be told several times (RFC 9110, 8.6)."""
    if "Transfer-Encoding" in answer.headers:
        return None
    told = {length.strip() for length in answer.headers.get("Content-Length", "").split(",")}
    length = told.pop()
    return int(length) if not told and _LENGTH.fullmatch(length) else None


def _file_length(answer: requests.Response) -> int | None:
    found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    return int(found[2]) if found and found[2] != "*" else None


def _chunked(answer: requests.Response) -> bool:
    return answer.headers.get("Transfer-Encoding", "").lower() == "chunked"


def _tells_its_end(answer: requests.Response) -> bool:
    return _chunked(answer) or _content_length(answer) is not None


def _retry_after(answer: requests.Response) -> float:
    seconds = answer.headers.get("Retry-After", "")
    return float(seconds) if seconds.isascii() and seconds.isdigit() else 0.0


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _tell_nobody(_done: int, _total: int) -> None:
    pass


def _say_nothing(_text: str) -> None:
    pass
