"""A web server for files over https: resumes, cuts, errs and lies as tests ask it to.

Its certificate is made for each run; clients trust it by ``REQUESTS_CA_BUNDLE``, as they would an
authority of one's own.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PIECE: Final = 16_384


@dataclass
class Served:
    """A file on the server, and what happens when it is asked for.

    Of the first answers, ``answers`` are sent byte for byte, ``statuses`` are given instead of the
    file, and ``cuts`` end the connection after so many bytes of the body. ``framing`` is how the
    end of the body is told. ``pause`` is the time between two pieces, in seconds. ``sent`` counts
    the bytes of bodies.
    """

    data: bytes
    etag: str = '"one"'
    modified: str = ""
    ranges: bool = True
    honours_if_range: bool = True
    framing: str = "length"
    claims: int | None = None
    location: str = ""
    login: str = ""
    pause: float = 0.0
    answers: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Files

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:  # the name http.server calls
        served = self.server.shelf.get(self.path.partition("?")[0])
        if served is None:
            self._say(404)
            return
        served.requests.append(dict(self.headers.items()))
        if served.answers:
            answer = served.answers.pop(0)
            self.wfile.write(answer)
            self.close_connection = b"Connection: close" in answer
        elif served.statuses:
            self._say(served.statuses.pop(0), **served.headers)
        elif served.login and self.headers.get("Authorization") != served.login:
            self._say(401)
        elif served.location:
            self._say(302, Location=served.location)
        else:
            self._give(served)

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _give(self, served: Served) -> None:
        whole = len(served.data)
        start = self._start(served)
        if start >= whole:
            self._say(416, Content_Range=f"bytes */{whole}")
            return
        body = served.data[start:]
        if start:
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{served.claims or whole}")
        else:
            self.send_response(200)
        if served.etag:
            self.send_header("ETag", served.etag)
        if served.modified:
            self.send_header("Last-Modified", served.modified)
        if served.framing == "length":
            claimed = whole if served.claims is None or start else served.claims
            self.send_header("Content-Length", str(claimed - start))
        elif served.framing == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.close_connection = True
        self.end_headers()
        self._send(served, body)

    def _start(self, served: Served) -> int:
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not asked or not served.ranges:
            return 0
        condition = self.headers.get("If-Range", "")
        same = condition in {served.etag, served.modified} - {""}
        return int(asked[1]) if same or not served.honours_if_range else 0

    def _send(self, served: Served, body: bytes) -> None:
        cut = served.cuts.pop(0) if served.cuts else None
        chunked = served.framing == "chunked"
        for begin in range(0, len(body) if cut is None else cut, PIECE):
            piece = body[begin : begin + PIECE][: None if cut is None else cut - begin]
            served.sent += len(piece)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
            time.sleep(served.pause)
        if cut is not None or served.claims is not None:
            self.close_connection = True
        elif chunked:
            self.wfile.write(b"0\r\n\r\n")


class Files(ThreadingHTTPServer):
    """The server; ``shelf`` holds its files by path."""

    daemon_threads = True

    def __init__(self, certificate: Path, key: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.certificate = certificate
        self.shelf: dict[str, Served] = {}

    def handle_error(self, *arguments: object) -> None:
        """A client that went away is no fault of the server."""

    @property
    def root(self) -> str:
        return f"https://127.0.0.1:{self.server_address[1]}"

    def put(self, path: str, served: Served) -> str:
        """Put a file on the shelf and return its address."""
        self.shelf[path] = served
        return self.root + path


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def files(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    """A running server without files, which downloads trust."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    with Files(*certificate) as server:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(server.certificate))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
