"""Typed settings from the environment and ``.env``; docs/settings.md lists them all."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from spotai.addresses import is_base_url, is_redirect_uri
from spotai.errors import ConfigurationError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SHORTEST_SECRET: Final = 32


class Settings(BaseSettings):
    """Every setting, validated. Construct through ``load_settings`` for readable errors."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    env: Literal["development", "production"] = Field(
        "development",
        alias="SPOTAI_ENV",
        description="`production` refuses made-up songs and writes JSON logs.",
    )
    host: str = Field("127.0.0.1", alias="SPOTAI_HOST", description="Address to listen on.")
    port: int = Field(5000, alias="SPOTAI_PORT", ge=1, le=65535, description="Port to listen on.")
    data_dir: Path = Field(
        Path("data"),
        alias="SPOTAI_DATA_DIR",
        description="Folder of the SQLite file and the snapshots; made when missing.",
    )
    secret_key: SecretStr | None = Field(
        None,
        alias="SPOTAI_SECRET_KEY",
        description="At least 32 random characters that sign sessions' tokens; production needs it,"
        " else it is made and kept in the data folder.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        alias="SPOTAI_TRUSTED_PROXIES",
        description="Addresses or networks of reverse proxies, with commas between: only what they"
        " say in `X-Forwarded-For` and `X-Forwarded-Proto` counts.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        alias="SPOTAI_ALLOWED_HOSTS",
        description="Names this server is called by, with commas between; empty: `localhost` and"
        " addresses while it listens on this machine alone and trusts no proxy, else any name.",
    )
    limit_reads: int = Field(
        600,
        alias="SPOTAI_LIMIT_READS",
        ge=0,
        le=1_000_000,
        description="GET requests to the API that one address may send a minute; 0: any number.",
    )
    limit_searches: int = Field(
        300,
        alias="SPOTAI_LIMIT_SEARCHES",
        ge=0,
        le=1_000_000,
        description="Profiles, matches and recommendations an address may ask for a minute.",
    )
    limit_imports: int = Field(
        30,
        alias="SPOTAI_LIMIT_IMPORTS",
        ge=0,
        le=1_000_000,
        description="Imports an address may ask for a minute.",
    )
    spotify_client_id: str | None = Field(
        None,
        alias="SPOTIPY_CLIENT_ID",
        description="Client id of your Spotify app; with it people can log in with Spotify.",
    )
    spotify_client_secret: SecretStr | None = Field(
        None,
        alias="SPOTIPY_CLIENT_SECRET",
        description="Not needed: the login uses PKCE, which sends no secret.",
    )
    given_redirect_uri: str | None = Field(
        None,
        alias="SPOTIPY_REDIRECT_URI",
        description="Where Spotify sends people back to, as registered with your app; not set:"
        " `http://127.0.0.1:{SPOTAI_PORT}/callback`.",
    )
    spotify_api_url: str = Field(
        "https://api.spotify.com/v1/",
        alias="SPOTAI_SPOTIFY_API_URL",
        description="Address of Spotify's Web API; `http` for a stand-in on this machine only.",
    )
    spotify_accounts_url: str = Field(
        "https://accounts.spotify.com",
        alias="SPOTAI_SPOTIFY_ACCOUNTS_URL",
        description="Address of Spotify's accounts service; `http` for a stand-in on this machine"
        " only.",
    )
    token_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        alias="SPOTAI_TOKEN_KEYS",
        description="Secrets that Spotify's tokens are encrypted with, each at least 32 random"
        " characters, with commas between: the first encrypts, all decrypt; empty: one that follows"
        " from the secret key.",
    )
    database_url: SecretStr | None = Field(
        None,
        alias="SPOTAI_DATABASE_URL",
        description="SQLAlchemy address of the database; wins over `MYSQL_*`.",
    )
    mysql_host: str | None = Field(
        None, alias="MYSQL_HOST", description="Use this MySQL or MariaDB server instead of SQLite."
    )
    mysql_port: int = Field(
        3306, alias="MYSQL_PORT", ge=1, le=65535, description="Port of the MySQL server."
    )
    mysql_user: str = Field("spotai", alias="MYSQL_USER", description="User of the MySQL server.")
    mysql_password: SecretStr = Field(
        SecretStr(""), alias="MYSQL_PASSWORD", description="Password of the MySQL user."
    )
    mysql_db: str = Field("spotai", alias="MYSQL_DB", description="Name of the MySQL database.")

    @model_validator(mode="after")
    def _database_is_an_address(self) -> Self:
        if self.database_url is not None:
            try:
                url = make_url(self.database_url.get_secret_value())
            except (ArgumentError, ValueError):  # a port that is no number
                raise ValueError(
                    "SPOTAI_DATABASE_URL is no database address; "
                    "write mysql+pymysql://USER:PASSWORD@HOST/NAME or sqlite:///FILE"
                ) from None
            if url.get_backend_name() not in {"sqlite", "mysql", "mariadb"}:
                raise ValueError("SPOTAI_DATABASE_URL must name sqlite, mysql or mariadb")
            if not url.database or url.database == ":memory:":
                raise ValueError(
                    "SPOTAI_DATABASE_URL names no database; write sqlite:///FILE or .../NAME"
                )
        return self

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        try:
            return tuple(ip_network(text.strip()) for text in given.split(",") if text.strip())
        except ValueError:
            raise ValueError(
                "write addresses or networks with commas between, like 127.0.0.1,10.0.0.0/8"
            ) from None

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _names(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(text.strip().lower() for text in given.split(",") if text.strip())

    @field_validator("token_keys", mode="before")
    @classmethod
    def _keys(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        keys = tuple(text.strip() for text in given.split(",") if text.strip())
        if any(len(key) < SHORTEST_SECRET for key in keys):
            raise ValueError(f"each key needs {SHORTEST_SECRET} characters or more")
        return keys

    @field_validator("given_redirect_uri")
    @classmethod
    def _redirect_is_taken_by_spotify(cls, given: str | None) -> str | None:
        if given is not None and not is_redirect_uri(given):
            raise ValueError(
                "Spotify takes https://NAME/callback, or http://127.0.0.1:PORT/callback; plain http"
                " to other machines and localhost it refuses"
            )
        return given

    @field_validator("spotify_api_url", "spotify_accounts_url")
    @classmethod
    def _address_keeps_tokens_secret(cls, given: str) -> str:
        if not is_base_url(given):
            raise ValueError(
                "write an https address, or http://127.0.0.1:PORT for a stand-in on this machine"
            )
        return given

    @model_validator(mode="after")
    def _no_stand_in_in_production(self) -> Self:
        if self.production and self.has_stand_in:
            raise ValueError(
                "SPOTAI_SPOTIFY_API_URL and SPOTAI_SPOTIFY_ACCOUNTS_URL must be https in production"
                ": a stand-in lets anybody in"
            )
        return self

    @model_validator(mode="after")
    def _secret_key_is_secret(self) -> Self:
        if self.secret_key is None:
            if self.production:
                raise ValueError(
                    "SPOTAI_SECRET_KEY is needed in production; write one made by "
                    "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`"
                )
        elif len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(
                f"SPOTAI_SECRET_KEY is too short; it needs {SHORTEST_SECRET} characters or more"
            )
        return self

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def redirect_uri(self) -> str:
        """Where Spotify sends people back to after a login."""
        return self.given_redirect_uri or f"http://127.0.0.1:{self.port}/callback"

    @property
    def has_stand_in(self) -> bool:
        """Whether one of Spotify's addresses is a stand-in on this machine."""
        addresses = (self.spotify_api_url, self.spotify_accounts_url)
        return not all(address.startswith("https://") for address in addresses)

    @property
    def snapshots_dir(self) -> Path:
        return self.data_dir / "snapshots"

    def database(self) -> URL:
        """The database to use: the URL, else MySQL when ``MYSQL_HOST`` is set, else SQLite."""
        if self.database_url is not None:
            return make_url(self.database_url.get_secret_value())
        if self.mysql_host is not None:
            return URL.create(
                "mysql+pymysql",
                username=self.mysql_user,
                password=self.mysql_password.get_secret_value(),
                host=self.mysql_host,
                port=self.mysql_port,
                database=self.mysql_db,
                query={"charset": "utf8mb4"},
            )
        return URL.create("sqlite", database=str(self.data_dir / "spotai.sqlite3"))


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the settings once per process.

    Raises ConfigurationError naming each variable at fault, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'settings'}: "
            f"{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            f"{'; '.join(faults)} (docs/settings.md says what each may be)"
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError("the file .env is no UTF-8 text; save it in UTF-8") from None
