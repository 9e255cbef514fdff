"""A server on a MySQL database made by init.sql answers like one on the demo of SQLite."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import URL

from spotai.catalog.engine import Database
from spotai.catalog.loads import last_change
from tests.servers.mariadb import run_client, settings_for
from tests.servers.ports import free_port
from tests.servers.spotai import Server, Start

INIT_SQL: Final = Path(__file__).parent.parent / "init.sql"


def answers(server: Server) -> list[tuple[int, Any]]:
    status, playlists = server.ask("GET", "/api/playlists")
    found = [(status, playlists)]
    for playlist in playlists["items"]:
        seed = {"playlist_id": playlist["id"]}
        found += [
            server.ask("GET", f"/api/playlists/{playlist['id']}"),
            server.post("/api/profiles", {"seed": seed}),
            server.post("/api/recommendations", {"seed": seed, "size": 50}),
        ]
    searches = [server.ask("GET", f"/api/tracks?q={words}") for words in ("story", "of+ours", "se")]
    assert all(songs["items"] for _, songs in searches)
    found += searches
    assert len(found) == 1 + 3 * 12 + 3
    assert {status for status, _ in found} == {200}
    return found


@pytest.mark.long
def test_init_sql_serves_what_the_demo_serves(
    mariadb_url: URL, start: Start, tmp_path: Path
) -> None:
    loaded = run_client(mariadb_url, INIT_SQL.read_bytes())
    assert (loaded.returncode, loaded.stderr) == (0, b"")
    found = []
    for name, settings in (("sqlite", {}), ("mysql", settings_for(mariadb_url))):
        data = {"SPOTAI_DATA_DIR": str(tmp_path / name)}
        server = start(["-m", "spotai", "serve"], free_port(), **data, **settings)
        server.wait_until_it_listens()
        found.append(answers(server))
        code, said = server.stop(signal.SIGTERM)
        assert code == 0
        assert "4,000 songs are made up" in said
    assert found[0] == found[1]
    with Database(mariadb_url).read() as conn:
        load = last_change(conn)
    assert load is not None
    assert (load.id, load.file) == (1, "demo"), "serving loads the demo again"
