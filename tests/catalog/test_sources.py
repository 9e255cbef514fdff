"""Data sets and the trust in them."""

from __future__ import annotations

from spotai.catalog.engine import Database
from spotai.catalog.sources import UNKNOWN_TRUST, ranks, source_ids, trust_of


def test_known_data_sets_are_trusted_by_name() -> None:
    order = [
        "kaggle114k_sample",
        "kaggle1.2M",
        "kaggle600k",
        "exportify_liked",
        "tidytuesday",
        "my file",
        "playlist",
        "demo",
    ]
    trusts = [trust_of(name) for name in order]
    assert trusts == sorted(trusts, reverse=True)
    assert trust_of("my file") == trust_of("demolition") == UNKNOWN_TRUST
    assert trust_of("demo") < UNKNOWN_TRUST


def test_a_source_keeps_its_id(database: Database) -> None:
    with database.write() as conn:
        first = source_ids(conn, {"demo", "kaggle600k"})
        again = source_ids(conn, {"kaggle600k", "my file"})
        assert again["kaggle600k"] == first["kaggle600k"]
        assert {rank.name for rank in ranks(conn).values()} == {"demo", "kaggle600k", "my file"}
        assert min(ranks(conn).values()).name == "kaggle600k"
