"""Settings: defaults, which database is meant, and faults named without giving secrets away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spotai.errors import ConfigurationError
from spotai.settings import Settings, load_settings

SECRET = "hunter2-and-more"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting in the environment, no .env in the folder, nothing remembered."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_everything_has_a_default_that_serves_this_machine_only() -> None:
    settings = load_settings()
    assert not settings.production
    assert (settings.host, settings.port) == ("127.0.0.1", 5000)
    assert settings.snapshots_dir == Path("data/snapshots")
    assert settings.database().drivername == "sqlite"
    assert settings.database().database == str(Path("data/spotai.sqlite3"))


def test_the_sqlite_file_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTAI_DATA_DIR", "elsewhere")
    assert load_settings().database().database == str(Path("elsewhere/spotai.sqlite3"))


def test_mysql_host_means_mysql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSQL_HOST", "db.example")
    monkeypatch.setenv("MYSQL_PORT", "3307")
    monkeypatch.setenv("MYSQL_USER", "dj")
    monkeypatch.setenv("MYSQL_PASSWORD", "p@ss/w:rd")
    monkeypatch.setenv("MYSQL_DB", "songs")
    url = load_settings().database()
    assert url.drivername == "mysql+pymysql"
    assert (url.host, url.port, url.username, url.database) == ("db.example", 3307, "dj", "songs")
    assert url.password == "p@ss/w:rd"
    assert url.query["charset"] == "utf8mb4"


def test_the_database_url_wins_over_mysql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSQL_HOST", "db.example")
    monkeypatch.setenv("SPOTAI_DATABASE_URL", "sqlite:///songs.db")
    url = load_settings().database()
    assert (url.drivername, url.database) == ("sqlite", "songs.db")


@pytest.mark.parametrize("alias", [str(f.alias) for f in Settings.model_fields.values()])
def test_an_empty_value_is_unset(monkeypatch: pytest.MonkeyPatch, alias: str) -> None:
    bare = load_settings()
    load_settings.cache_clear()
    Path(".env").write_text(f"{alias}=\n", encoding="utf-8")
    monkeypatch.setenv(alias, "")
    assert load_settings() == bare


def test_dotenv_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SPOTAI_PORT=5001\nSPOTAI_HOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("SPOTAI_PORT", "5002")
    assert (load_settings().host, load_settings().port) == ("0.0.0.0", 5002)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SPOTAI_ENV", f"staging-{SECRET}"),
        ("SPOTAI_PORT", "70000"),
        ("SPOTAI_PORT", f"port-{SECRET}"),
        ("MYSQL_PORT", "0"),
        ("SPOTAI_SECRET_KEY", SECRET),
        ("SPOTAI_TRUSTED_PROXIES", f"127.0.0.1,{SECRET}"),
        ("SPOTAI_DATABASE_URL", f"//{SECRET}@no/address"),
        ("SPOTAI_DATABASE_URL", f"postgresql://dj:{SECRET}@db.example/songs"),
        ("SPOTAI_DATABASE_URL", f"mysql://dj:{SECRET}@db.example:port/songs"),
        ("SPOTAI_DATABASE_URL", f"mysql://dj:{SECRET}@db.example"),
        ("SPOTAI_DATABASE_URL", "sqlite://"),
    ],
)
def test_a_bad_value_is_named_but_never_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert variable in caught.value.message
    assert "Value error" not in caught.value.message
    assert SECRET not in caught.value.message
    assert caught.value.__cause__ is None


def test_a_dotenv_that_is_no_utf8_is_named_but_never_shown() -> None:
    Path(".env").write_bytes(f"MYSQL_PASSWORD={SECRET}\xe9\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"\.env is no UTF-8") as caught:
        load_settings()
    assert SECRET not in caught.value.message
    assert caught.value.__cause__ is None


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSQL_PASSWORD", SECRET)
    monkeypatch.setenv("SPOTAI_DATABASE_URL", f"mysql+pymysql://dj:{SECRET}@db.example/songs")
    settings = load_settings()
    assert SECRET not in repr(settings)
    assert SECRET not in settings.model_dump_json()
    assert SECRET not in str(settings.database())


def test_production_needs_a_secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTAI_ENV", "production")
    with pytest.raises(ConfigurationError, match="SPOTAI_SECRET_KEY is needed in production"):
        load_settings()
    monkeypatch.setenv("SPOTAI_SECRET_KEY", SECRET * 2)
    settings = load_settings()
    assert settings.production
    assert SECRET not in repr(settings)


def test_trusted_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTAI_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,2001:db8::/32")
    networks = [str(network) for network in load_settings().trusted_proxies]
    assert networks == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:5000/callback",
        "http://[::1]:5000/callback",
        "https://spotai.example/callback",
    ],
)
def test_where_spotify_sends_people_back_to(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    assert load_settings().redirect_uri == "http://127.0.0.1:5000/callback"
    load_settings.cache_clear()
    monkeypatch.setenv("SPOTIPY_REDIRECT_URI", uri)
    assert load_settings().redirect_uri == uri


@pytest.mark.parametrize("env", ["development", "production"])
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SPOTIPY_REDIRECT_URI", "http://spotai.example/callback"),
        ("SPOTIPY_REDIRECT_URI", "http://localhost:5000/callback"),
        ("SPOTIPY_REDIRECT_URI", "http://127.0.0.1.example/callback"),
        ("SPOTIPY_REDIRECT_URI", "https://spotai.example/elsewhere"),
        ("SPOTIPY_REDIRECT_URI", "https://spotai.example/callback?next=x"),
        ("SPOTIPY_REDIRECT_URI", f"https://dj:{SECRET}@spotai.example/callback"),
        ("SPOTIPY_REDIRECT_URI", "https://spotai.example:port/callback"),
        ("SPOTIPY_REDIRECT_URI", "javascript:alert(1)"),
        ("SPOTAI_SPOTIFY_API_URL", "http://spotify.example/v1/"),
        ("SPOTAI_SPOTIFY_ACCOUNTS_URL", "http://0.0.0.0:8000"),
        ("SPOTAI_SPOTIFY_ACCOUNTS_URL", "accounts.spotify.com"),
        ("SPOTAI_TOKEN_KEYS", f"{SECRET * 2},{SECRET}"),
    ],
)
def test_tokens_never_travel_in_the_open(
    monkeypatch: pytest.MonkeyPatch, env: str, variable: str, value: str
) -> None:
    monkeypatch.setenv("SPOTAI_ENV", env)
    monkeypatch.setenv("SPOTAI_SECRET_KEY", SECRET * 2)
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable) as caught:
        load_settings()
    assert SECRET not in caught.value.message


@pytest.mark.parametrize("variable", ["SPOTAI_SPOTIFY_API_URL", "SPOTAI_SPOTIFY_ACCOUNTS_URL"])
def test_production_refuses_a_stand_in(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:8000")
    assert load_settings().has_stand_in
    load_settings.cache_clear()
    monkeypatch.setenv("SPOTAI_ENV", "production")
    monkeypatch.setenv("SPOTAI_SECRET_KEY", SECRET * 2)
    with pytest.raises(ConfigurationError, match="must be https in production"):
        load_settings()


def test_several_keys_for_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTAI_TOKEN_KEYS", f" {SECRET * 2}, {'k' * 32},")
    settings = load_settings()
    assert [key.get_secret_value() for key in settings.token_keys] == [SECRET * 2, "k" * 32]
    assert SECRET not in repr(settings)
