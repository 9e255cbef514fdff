"""The page: what is served where, how long it may be kept, what it may load."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from spotai.api import page
from spotai.api.problems import problem_types
from spotai.app import create_app
from spotai.settings import Settings
from tests.api.conftest import CheckProblem

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> FlaskClient:
    """Asks a server whose client is built: a page, an icon and one script."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>SpotAI</title>")
    (tmp_path / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "assets/index-1a2b.js").write_text("export {};")
    app = create_app(settings)
    app.config[page.FOLDER] = tmp_path
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/tune"])
def test_the_page_is_asked_for_again_each_time(built: FlaskClient, path: str) -> None:
    response = built.get(path, buffered=True)
    assert response.status_code == 200
    assert "<title>SpotAI</title>" in response.text
    assert response.headers["Cache-Control"] == "no-cache"
    unchanged = built.get(path, headers={"If-None-Match": response.headers["ETag"]}, buffered=True)
    assert unchanged.status_code == 304


def test_the_page_loads_only_from_us_and_spotify(built: FlaskClient) -> None:
    policy = built.get("/", buffered=True).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_script_is_kept_for_a_year(built: FlaskClient) -> None:
    response = built.get("/assets/index-1a2b.js", buffered=True)
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("accepted", "packed"), [("gzip, br", True), ("*", True), ("", False), ("gzip;q=0, br", False)]
)
def test_a_script_is_sent_packed_to_those_who_take_it(
    built: FlaskClient, tmp_path: Path, accepted: str, packed: bool
) -> None:
    (tmp_path / "assets/index-1a2b.js.gz").write_bytes(gzip.compress(b"export {};"))
    asked = {"Accept-Encoding": accepted}
    response = built.get("/assets/index-1a2b.js", headers=asked, buffered=True)
    assert response.mimetype == "text/javascript"
    assert (response.headers.get("Content-Encoding") == "gzip") == packed
    body = gzip.decompress(response.data) if packed else response.data
    assert body == b"export {};"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    etag = {**asked, "If-None-Match": response.headers["ETag"]}
    assert built.get("/assets/index-1a2b.js", headers=etag, buffered=True).status_code == 304


def test_a_part_that_the_script_does_not_have_is_a_known_problem(built: FlaskClient) -> None:
    asked = {"Range": "bytes=900-999"}
    response = built.get("/assets/index-1a2b.js", headers=asked, buffered=True)
    assert response.status_code == 416
    kinds = {(kind.status, kind.uri) for kind in problem_types()}
    assert (416, response.get_json()["type"]) in kinds
    assert response.headers["Content-Range"] == "bytes */10"


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("GET", "bytes=abc"),
        ("GET", "bytes=5-1"),
        ("GET", "bytes=0-1,3-4"),
        ("GET", "lines=900-999"),
        ("HEAD", "bytes=900-999"),
        ("HEAD", "bytes=0-4"),
    ],
)
@pytest.mark.parametrize("path", ["/assets/index-1a2b.js", "/apidocs/assets/console.js"])
def test_a_script_is_sent_whole_where_no_part_of_it_is_meant(
    built: FlaskClient, path: str, method: str, part: str
) -> None:
    response = built.open(path, method=method, headers={"Range": part}, buffered=True)
    assert response.status_code == 200
    assert "Content-Range" not in response.headers


@pytest.mark.parametrize("path", ["/", "/tune"])
@pytest.mark.parametrize(
    "part", ["bytes=abc", "bytes=5-1", "bytes=0-4", "bytes=0-1,3-4", "bytes=99999-", "lines=1-2"]
)
def test_the_page_is_sent_whole_whatever_part_is_asked_for(
    built: FlaskClient, path: str, part: str
) -> None:
    response = built.get(path, headers={"Range": part}, buffered=True)
    assert response.status_code == 200
    assert response.text == "<!doctype html><title>SpotAI</title>"
    assert "Content-Range" not in response.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/favicon.svg", "/assets/index-1a2b.js", "/apidocs/assets/swagger-ui/swagger-ui.css"],
)
def test_a_file_that_is_not_as_wanted_is_a_known_problem(
    built: FlaskClient, check_problem: CheckProblem, path: str
) -> None:
    response = built.get(path, headers={"If-Match": '"other"', **HTML}, buffered=True)
    check_problem(response, 412, "precondition-failed", "If-Match")
    etag = built.get(path, buffered=True).headers["ETag"]
    assert built.get(path, headers={"If-Match": etag}, buffered=True).status_code == 200


@pytest.mark.parametrize(
    "condition",
    [
        {"Range": "bytes=99999-"},
        {"Range": "bytes=0-10"},
        {"If-None-Match": "*"},
        {"If-Match": '"other"'},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
    ids=lambda condition: " ".join(*condition.items()),
)
def test_a_wrong_address_is_wrong_under_every_condition(
    built: FlaskClient, condition: dict[str, str]
) -> None:
    response = built.get("/nowhere", headers={**HTML, **condition}, buffered=True)
    assert response.status_code == 404
    assert response.text == "<!doctype html><title>SpotAI</title>"
    assert not {"ETag", "Content-Range", "Accept-Ranges"} & set(response.headers.keys())


def test_the_icon_is_there(built: FlaskClient) -> None:
    assert built.get("/favicon.svg", buffered=True).mimetype == "image/svg+xml"


def test_a_wrong_address_shows_people_the_page_and_programs_a_problem(built: FlaskClient) -> None:
    shown = built.get("/nowhere", headers=HTML, buffered=True)
    assert shown.status_code == 404
    assert "<title>SpotAI</title>" in shown.text
    assert built.get("/nowhere", buffered=True).get_json()["type"] == "/problems/not-found"


@pytest.mark.parametrize("path", ["/api/nowhere", "/assets/gone.js", "/assets/..%2findex.html"])
def test_no_page_stands_in_for_data_or_scripts(built: FlaskClient, path: str) -> None:
    response = built.get(path, headers=HTML, buffered=True)
    assert response.status_code == 404
    assert response.get_json()["type"] == "/problems/not-found"


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_without_a_build_the_page_says_how_to_make_it(
    tmp_path: Path, settings: Settings, path: str
) -> None:
    app = create_app(settings)
    app.config[page.FOLDER] = tmp_path / "not built"
    response = app.test_client().get(path, headers=HTML)
    assert response.status_code == 503
    assert "make setup" in response.text
    assert "npm ci" in response.text
