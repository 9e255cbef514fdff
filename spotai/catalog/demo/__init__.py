"""Made-up songs and playlists for a fresh machine and for benchmarks; no real song is among them.

Every id begins with ``demo``. docs/demo-catalog.md says how the songs were fitted.
"""

from spotai.catalog.demo.columns import demo_columns, demo_tracks
from spotai.catalog.demo.playlists import DemoPlaylist, demo_playlists

__all__ = ["DemoPlaylist", "demo_columns", "demo_playlists", "demo_tracks"]
