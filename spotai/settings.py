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
