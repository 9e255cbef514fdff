"""``/apidocs`` in a real Chromium, on a real server: every call can be tried out."""

from __future__ import annotations

import hashlib
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Route,
    expect,
)

from spotai.api.openapi import describe
from spotai.api.sessions import COOKIE
from spotai.app import create_app
from spotai.settings import Settings
from tests.servers.ports import free_port
from tests.servers.spotai import Server

VENDORED: Final = Path(__file__).parents[2] / "spotai/api/apidocs/swagger-ui"
# Calls about a recipe that the session saved itself.
OF_A_SAVED_RECIPE: Final = {"putRecipe", "deleteRecipe"}
OUTPUT: Final = Path(__file__).parents[2] / "test-output"
SPEC: Final = describe(create_app(Settings(_env_file=None)))
TAGS: Final = {
    call["operationId"]: call["tags"][0]
    for methods in SPEC["paths"].values()
    for call in methods.values()
}
MILLISECONDS: Final = 30_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with made-up songs."""
    port = free_port()
    server = Server(["-m", "spotai", "serve"], tmp_path_factory.mktemp("server"), port)
    server.wait_until_it_listens()
    yield f"http://127.0.0.1:{port}"
    server.stop(signal.SIGTERM)


class Visit:
    """A page with what it asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Request] = []
        self.complaints: list[str] = []
        page.set_default_timeout(MILLISECONDS)
        page.on("request", self._remember)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text))

    def _remember(self, request: Request) -> None:
        self.asked.append(request)

    def open(self, call_id: str) -> Locator:
        """Unfold a call, ready to be filled in."""
        block = self.page.locator(f"#operations-{TAGS[call_id]}-{call_id}")
        block.locator(".opblock-summary-control").click()
        block.get_by_role("button", name="Try it out").click()
        return block

    def execute(self, block: Locator) -> Locator:
        """Ask what was filled in; return what the page shows of the answer."""
        block.get_by_role("button", name="Execute").click()
        return block.locator(".live-responses-table tr.response").first


@pytest.fixture(scope="module")
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """The console, loaded once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page())
    visit.page.goto(f"{address}/apidocs/")
    yield visit
    context.close()


def save_a_recipe(context: BrowserContext, address: str) -> str:
    """Save a recipe in the session of a browser; return its id."""
    session = context.request.get(f"{address}/api/session").json()
    answer = context.request.post(
        f"{address}/api/recipes",
        headers={"X-CSRF-Token": session["csrf_token"]},
        data={"name": "To be tried out", "recipe": {}},
    )
    assert answer.status == 201
    saved: str = answer.json()["id"]
    return saved


# Whoever has not logged in is told so.
NEEDS_LOGIN: Final = "401"
STATUS: Final = {"postRecipes": "201", "postPlaylists": NEEDS_LOGIN}


@pytest.mark.parametrize("call_id", TAGS)
def test_every_call_can_be_tried_out(visit: Visit, address: str, call_id: str) -> None:
    block = visit.open(call_id)
    if call_id in OF_A_SAVED_RECIPE:
        saved = save_a_recipe(visit.page.context, address)
        block.locator('tr[data-param-name="recipe_id"] input').fill(saved)
    answer = visit.execute(block)
    status = STATUS.get(call_id, "200")
    expect(answer.locator(".response-col_status")).to_contain_text(status, timeout=MILLISECONDS)
    if call_id == "postRecommendations":
        visit.page.screenshot(path=OUTPUT / "apidocs.png", full_page=True)
    assert all(request.url.startswith(address) for request in visit.asked)
    if status == NEEDS_LOGIN:
        told = f"status of {NEEDS_LOGIN}"
        assert any(told in line for line in visit.complaints)
        visit.complaints[:] = [line for line in visit.complaints if told not in line]
    assert visit.complaints == []
    block.locator(".opblock-summary-control").click()


@pytest.fixture
def another_visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """The console, to be loaded by the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context.new_page())
    context.close()


def test_a_file_can_be_tried_out(another_visit: Visit, address: str, tmp_path: Path) -> None:
    links = tmp_path / "links.txt"
    links.write_text("spotify:track:demo000000000000000263\n")
    another_visit.page.goto(f"{address}/apidocs/")
    block = another_visit.open("postImports")
    block.get_by_label("Request content type").select_option("multipart/form-data")
    block.locator("input[type=file]").set_input_files(links)
    answer = another_visit.execute(block)
    expect(answer.locator(".response-col_status")).to_contain_text("200", timeout=MILLISECONDS)
    expect(answer).to_contain_text("demo000000000000000263")


def test_calls_that_compute_carry_the_token_of_one_session(
    another_visit: Visit, address: str
) -> None:
    another_visit.page.goto(f"{address}/apidocs/")
    for call_id in ("getFeatures", "postMatches", "postProfiles"):
        answer = another_visit.execute(another_visit.open(call_id))
        expect(answer.locator(".response-col_status")).to_contain_text("200", timeout=MILLISECONDS)
    tokens = {
        request.url.removeprefix(address): request.headers.get("x-csrf-token")
        for request in another_visit.asked
    }
    assert tokens["/api/features"] is None
    assert tokens["/api/matches"] == tokens["/api/profiles"]
    assert re.fullmatch(r"[0-9a-f]{64}", tokens["/api/matches"] or "")
    assert [request.url for request in another_visit.asked].count(f"{address}/api/session") == 1


@pytest.mark.parametrize("call_id", ["getTracks", "postImports", "postRecommendations"])
def test_on_a_phone_the_page_does_not_scroll_sideways(
    chromium: Browser, address: str, call_id: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    visit = Visit(context.new_page())
    visit.page.goto(f"{address}/apidocs/")
    answer = visit.execute(visit.open(call_id))
    expect(answer.locator(".response-col_status")).to_contain_text("200", timeout=MILLISECONDS)
    expect(answer.locator(".microlight").first).to_be_visible()
    visit.page.screenshot(path=OUTPUT / f"apidocs-{call_id}-390.png", full_page=True)
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert visit.complaints == []
    context.close()


def test_nothing_is_asked_of_people_that_the_page_sends_itself(visit: Visit) -> None:
    expect(visit.page.get_by_role("button", name="Authorize")).to_be_hidden()
    expect(visit.page.get_by_role("button", name="authorization button")).to_have_count(0)


def hold_two(context: BrowserContext, pattern: str) -> list[Route]:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route(pattern, hold, times=2)
    return held


def both(page: Page, held: list[Route]) -> list[Route]:
    """Return two held requests once both are there."""
    for _ in range(MILLISECONDS // 20):
        if len(held) == 2:
            break
        page.wait_for_timeout(20)
    return held


def answer_without_cookie(context: BrowserContext, held: list[Route]) -> None:
    """Answer requests as if none of them had known of the cookies that the others brought."""
    answers = []
    for route in held:
        context.clear_cookies()
        answers.append(route.fetch())
    for route, answer in zip(held, answers, strict=True):
        route.fulfill(response=answer)


def test_two_tabs_that_got_two_sessions_at_once_both_go_on(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    first, second = Visit(context.new_page()), Visit(context.new_page())
    answered: list[tuple[str, int]] = []
    context.on("response", lambda answer: answered.append((answer.url, answer.status)))
    sessions, matches = hold_two(context, "**/api/session"), hold_two(context, "**/api/matches")
    shown = []
    for visit in (first, second):
        visit.page.goto(f"{address}/apidocs/")
        shown.append(visit.execute(visit.open("postMatches")).locator(".response-col_status"))
    answer_without_cookie(context, both(first.page, sessions))  # the browser keeps the last one
    for route in both(first.page, matches):
        route.continue_()
    for status in shown:
        expect(status).to_contain_text("200", timeout=MILLISECONDS)
    asked = sorted(status for url, status in answered if url.endswith("/api/matches"))
    assert asked == [200, 200, 403]
    context.close()


@pytest.mark.parametrize("over", ["replaced", "forged"])
def test_a_session_that_is_over_is_renewed_without_a_word(
    another_visit: Visit, address: str, over: str
) -> None:
    another_visit.page.goto(f"{address}/apidocs/")
    console = another_visit.open("postMatches")
    answer = another_visit.execute(console).locator(".response-col_status")
    expect(answer).to_contain_text("200", timeout=MILLISECONDS)
    context = another_visit.page.context
    context.clear_cookies()
    if over == "replaced":
        assert context.request.get(f"{address}/api/session").ok
    else:
        context.add_cookies([{"name": COOKIE, "value": "forged", "url": address}])
    with another_visit.page.expect_response(
        lambda answer: answer.url.endswith("/api/matches") and answer.ok
    ):
        console.get_by_role("button", name="Execute").click()
    expect(answer).to_contain_text("200", timeout=MILLISECONDS)
    refused = [line for line in another_visit.complaints if "Failed to load resource" in line]
    assert another_visit.complaints == refused
    assert len(refused) == 1


@pytest.mark.parametrize("name", ["url", "config", "configUrl", "urls.primaryName"])
def test_an_address_cannot_make_it_show_another_description(
    another_visit: Visit, address: str, name: str
) -> None:
    foreign = "http://127.0.0.1:9/openapi.json"
    another_visit.page.goto(f"{address}/apidocs/?{name}={foreign}")
    title = another_visit.page.locator(".info .title")
    expect(title).to_contain_text("SpotAI", timeout=MILLISECONDS)
    assert all(request.url.startswith(address) for request in another_visit.asked)


def test_a_script_in_the_page_does_not_run(another_visit: Visit, address: str) -> None:
    another_visit.page.goto(f"{address}/apidocs/")
    another_visit.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert another_visit.page.evaluate("() => window.ran") is None
    (complaint,) = another_visit.complaints
    assert "Content Security Policy" in complaint


def test_its_files_are_those_of_the_release() -> None:
    lines = (VENDORED / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in map(str.split, lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert found == sums


def test_nothing_else_of_flasgger_is_served(client: FlaskClient) -> None:
    for path in (
        "/flasgger_static/swagger-ui-bundle.js",
        "/apispec_1.json",
        "/oauth2-redirect.html",
        "/apidocs/assets/../console.py",
        "/apidocs/assets/lib/jquery.min.js",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/apidocs").data == client.get("/apidocs/").data
    policy = client.get("/apidocs/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert json.loads(client.get("/openapi.json").data)["openapi"].startswith("3.1")
