"""The consent page in a real browser, whose policy has to let the answer through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.servers.spotify import CLIENT_ID, EVERYTHING, Login, answered, start_standin


class _Callback(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name http.server calls
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"back")

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def callback() -> Iterator[str]:
    """The address that logins come back to, with a server behind it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Callback) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/callback"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("allow", [True, False])
def test_a_listener_is_chosen_and_sent_back(page: Page, callback: str, *, allow: bool) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with start_standin(redirect_uri=callback) as standin:
        page.goto(Login(standin, EVERYTHING).get_authorize_url(state="mine"))
        assert page.get_by_text("This is a stand-in, not Spotify.").is_visible()
        # The style is applied, and nothing is wider than a phone.
        label = page.locator(".label").evaluate("it => getComputedStyle(it).backgroundColor")
        assert label == "rgb(32, 36, 44)"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("document.cookie") == ""
        page.get_by_label("Ben").check()
        page.get_by_role("button", name="Allow" if allow else "Deny").click()
        page.wait_for_url(f"{callback}?*")
        answer = answered(page.url)
    assert answer["state"] == "mine"
    assert ("code" in answer) is allow
    assert answer.get("error") == (None if allow else "access_denied")
    assert said == []


def test_another_address_leads_nowhere(page: Page, callback: str) -> None:
    with start_standin(redirect_uri=callback) as standin:
        page.goto(
            f"{standin.accounts_url}/authorize?client_id={CLIENT_ID}"
            "&response_type=code&redirect_uri=https://evil.example/&approve=1"
        )
        assert page.get_by_role("heading", name="INVALID_CLIENT").is_visible()
        assert page.url.startswith(standin.accounts_url)
