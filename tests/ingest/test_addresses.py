"""What an address is, which are refused, and how they are shown."""

from __future__ import annotations

import pytest

from spotai.errors import AddressError
from spotai.ingest.addresses import check_address, file_name, is_address, shown_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a.csv", True),
        ("HTTP://example.org", True),
        ("s3://bucket/a.csv", True),
        ("a.csv", False),
        ("./https:/a.csv", False),
        ("C:\\songs.csv", False),
    ],
)
def test_addresses_and_files_are_told_apart(text: str, *, expected: bool) -> None:
    assert is_address(text) is expected


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://me:hush@example.org/a?token=hush", "Use the https"),
        ("ftp://me:hush@example.org/a", "https:// addresses only"),
        ("https:///a", "no address"),
        ("https://[hush/a", "no address"),
        ("https://example.org:hush/a", "no address"),
        ("https://example.org/hush\udcff", "no address"),
    ],
)
def test_other_addresses_are_refused_without_their_secrets(address: str, why: str) -> None:
    with pytest.raises(AddressError, match=why) as error:
        check_address(address)
    assert "hush" not in error.value.message


def test_an_address_is_shown_without_user_and_query() -> None:
    shown = shown_address("https://me:hush@example.org:444/a/b.csv?token=hush#hush")
    assert shown == "https://example.org:444/a/b.csv?…"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/a/my%20songs.csv.gz?x=/y", "my_songs.csv.gz"),
        ("https://example.org/", "download"),
        ("https://example.org/..", "download"),
        ("https://example.org/%2e%2e%2f.lock", "lock"),
        ("https://example.org/a%00b.csv", "a_b.csv"),
        ("https://example.org/" + "x" * 300 + ".m3u", "x" * 96 + ".m3u"),
        ("https://example.org/日本.csv", "日本.csv"),
        ("https://example.org/" + "%F0%A0%80%80" * 90, "𠀀" * 25),
        ("https://example.org/a" + "%F0%A0%80%80" * 90 + ".csv.gz", "𠀀" * 23 + ".csv.gz"),
    ],
)
def test_a_file_gets_a_name_that_is_safe(address: str, name: str) -> None:
    assert file_name(address) == name
