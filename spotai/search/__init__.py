"""Exact weighted nearest neighbours over an immutable, memory-mapped copy of the catalog."""

from spotai.search.build import build_snapshot
from spotai.search.gauges import Gauge, Misses
from spotai.search.query import Query, Where
from spotai.search.scan import Hits
from spotai.search.snapshot import Snapshot
from spotai.search.warm import warm_up

__all__ = ["Gauge", "Hits", "Misses", "Query", "Snapshot", "Where", "build_snapshot", "warm_up"]
