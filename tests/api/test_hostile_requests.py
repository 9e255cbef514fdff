"""Requests made to do harm: a 4xx that says why, or an answer as if the trick were not there."""

from __future__ import annotations

import http.client
import socket
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from spotai.api import page, sessions
from spotai.api.problems import Problem, problem_types
from spotai.app import create_app
from spotai.settings import Settings
from tests.api.conftest import CheckProblem
from tests.servers.ports import free_port
from tests.servers.spotai import Server

MATCHES = "/api/matches"
RECIPE = b'{"features": {"tempo": {"target": 120}}}'
JSON = {"Content-Type": "application/json"}
OTHERS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "NONSENSE")


@pytest.mark.parametrize(
    "body",
    [
        RECIPE.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + RECIPE,
        b'{"seed": {"playlist_id": "\xe9"}}',
        b'{"seed": {"playlist_id": "\\ud800"}}',
        b'{"size": 1, "\\u0073ize": 2}',
        b'{"size": ' + b"9" * 100_000 + b"}",
        b'{"features": {"tempo": {"target": ' + b"9" * 5_000 + b"}}}",
        b'{"seed":' * 900,
        b'{"seed": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ],
    ids=["utf-16", "mark", "latin-1", "surrogate", "escaped", "int", "float", "cut", "deep"],
)
@pytest.mark.parametrize("charset", ["", "; charset=utf-16", "; charset=latin-1"])
def test_json_is_utf8_whatever_the_type_says(
    client: FlaskClient, check_problem: CheckProblem, body: bytes, charset: str
) -> None:
    kind = f"application/json{charset}"
    check_problem(client.post(MATCHES, data=body, content_type=kind), 400, "malformed-request", "")
    assert client.post(MATCHES, data=RECIPE, content_type=kind).status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["application/ld+json", "text/json", "application/json, text/plain", "multipart/form-data"],
)
def test_what_is_nearly_json_is_none(
    client: FlaskClient, check_problem: CheckProblem, kind: str
) -> None:
    response = client.post(MATCHES, data=RECIPE, content_type=kind)
    check_problem(response, 415, "unsupported-media-type", "application/json")


def test_very_many_arguments_are_one_short_answer(
    client: FlaskClient, check_problem: CheckProblem
) -> None:
    query = "&".join(f"unknown{number}=1" for number in range(100_000))
    response = client.get(f"/api/playlists?{query}")
    check_problem(response, 422, "invalid-input", "and 99,999 more")
    assert len(response.data) < 2_000


@pytest.mark.parametrize("method", OTHERS)
def test_every_address_says_which_methods_it_takes(
    app: Flask, client: FlaskClient, check_problem: CheckProblem, method: str
) -> None:
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for rule in app.url_map.iter_rules():
        taken[rule.rule] |= rule.methods or set()
    for address, methods in taken.items():
        if method in methods:
            continue
        path = address.replace("<path:filename>", "a").replace("<name>", "a")
        response = client.open(path, method=method)
        check_problem(response, 405, "method-not-allowed", "Allow")
        assert set(response.headers["Allow"].split(", ")) == methods


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_does_not_change_the_method(
    client: FlaskClient, check_problem: CheckProblem, name: str
) -> None:
    response = client.get(f"{MATCHES}?_method=POST", headers={name: "POST"})
    check_problem(response, 405, "method-not-allowed", "")
    response = client.post("/api/features", headers={name: "GET"})
    check_problem(response, 405, "method-not-allowed", "")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../secret",
        "/assets/..%2fsecret",
        "/assets/%2e%2e/secret",
        "/assets/..%5csecret",
        "/assets/%00",
        "/assets//etc/passwd",
        "/assets/.",
        "/assets/" + "a" * 3_000,
        "/../secret",
        "//etc/passwd",
        "/apidocs/assets/../../console.py",
        "/apidocs/assets/%2e%2e%2fconsole.py",
        "/apidocs/assets/%00",
        "/apidocs/assets/swagger-ui",
    ],
)
def test_no_path_leaves_the_folder_of_the_page(
    settings: Settings, tmp_path: Path, check_problem: CheckProblem, path: str
) -> None:
    (tmp_path / "secret").write_text("hunter2")
    (tmp_path / "built" / "assets").mkdir(parents=True)
    (tmp_path / "built" / "secret").write_text("hunter2")
    # The test client takes the beginning of "//etc/passwd" for a host.
    app = create_app(settings.model_copy(update={"host": "0.0.0.0"}))
    app.config[page.FOLDER] = tmp_path / "built"
    check_problem(app.test_client().get(path), 404, "not-found", "")


@pytest.mark.parametrize("cookie", ["A" * 43, "a" * 8_000, "a; spotai_session=b", "%00", '""'])
def test_a_forged_cookie_is_no_session(
    app: Flask, check_problem: CheckProblem, cookie: str
) -> None:
    client = app.test_client(use_cookies=False)  # it would keep to its own
    headers = {**JSON, "Cookie": f"{sessions.COOKIE}={cookie}"}
    response = client.post(MATCHES, data=RECIPE, headers=headers)
    check_problem(response, 401, "session-expired", "GET /api/session")
    assert client.get("/api/features", headers=headers).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=a", None])
def test_what_a_form_of_another_site_can_send_is_refused(
    client: FlaskClient, check_problem: CheckProblem, kind: str | None
) -> None:
    client.get("/api/session")
    for path in (MATCHES, "/api/imports"):
        response = client.post(path, data=b"x", content_type=kind)
        check_problem(response, 403, "csrf", "X-CSRF-Token")


@pytest.mark.parametrize("host", ["a b", "a, b", "<script>", "[::1", "a@b", "a:99999999"])
def test_a_host_that_is_none_is_refused(
    client: FlaskClient, check_problem: CheckProblem, host: str
) -> None:
    for path in ("/api/features", "/apidocs", "/openapi.json", "/"):
        check_problem(client.get(path, headers={"Host": host}), 400, "malformed-request", "Host")
    # An origin without a host is not that of a server without one.
    headers = {**JSON, "Host": host, "Origin": "null"}
    assert client.post(MATCHES, data=RECIPE, headers=headers).status_code == 400


def test_no_answer_repeats_the_host(settings: Settings) -> None:
    # Of a server that other machines reach, any name may be its own.
    client = create_app(settings.model_copy(update={"host": "0.0.0.0"})).test_client()
    for path in ("/apidocs", "/apidocs/", "/api/features", "/nowhere", "/openapi.json", "/"):
        response = client.get(path, headers={"Host": "evil.example"}, buffered=True)
        assert b"evil" not in response.data, path
        assert "Location" not in response.headers, path


@pytest.mark.parametrize("method", ["OPTIONS", "GET", "POST"])
def test_no_other_site_may_read_answers(client: FlaskClient, method: str) -> None:
    asked = {
        "Origin": "http://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    for path in ("/api/session", MATCHES, "/openapi.json"):
        headers = client.open(path, method=method, headers=asked).headers
        assert not [name for name, _ in headers if name.startswith("Access-Control")]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    running = Server(["-m", "spotai", "serve"], folder, free_port())
    running.wait_until_it_listens()
    yield running
    running.process.terminate()
    running.process.communicate(timeout=60)


POST = b"POST /api/matches HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
GET = b"GET /api/features HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (GET + b"Host: a\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)), 431),
        (GET + b"Host: a\r\nX: " + b"y" * 60_000 + b"\r\n", 431),
        (GET + b"Host: a\r\nHost: b\r\n", 400),
        (GET + b"Host: a\r\nX: \x00\r\n", 400),
        (GET + b"Host: a\r\nCookie spotai_session=hunter2 " + b"y" * 8_000 + b"\r\n", 400),
        (b"GET /?" + b"a&" * 50_000 + b" HTTP/1.1\r\nHost: a\r\n", 414),
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n", 400),
        (POST + b"Content-Length: -1\r\n", 400),
        (POST + b"Transfer-Encoding: zip\r\n", 501),
        (POST + b"Expect: 200-maybe\r\nContent-Length: 1\r\n", 417),
    ],
    ids=[
        *("many", "long", "hosts", "control", "colon", "line", "smuggled", "lengths", "negative"),
        *("coding", "expect"),
    ],
)
def test_the_server_refuses_what_is_no_http(server: Server, sent: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent + b"\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        problem = Problem.model_validate_json(response.read())
    assert response.status == problem.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Request-ID"] == problem.request_id
    log = server.log.read_text()
    assert problem.request_id in log
    assert "hunter2" not in log
    assert max(map(len, log.splitlines())) < 1_000
    assert (status, problem.type) in {(kind.status, kind.uri) for kind in problem_types()}
    assert server.ask("GET", "/healthz")[0] == 200
