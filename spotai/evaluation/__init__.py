"""How good recommendations are: playlists continued, measured and compared."""

from spotai.evaluation.run import Evaluation, evaluate
from spotai.evaluation.songs import SongTable, read_songs
from spotai.evaluation.split import read_playlists

__all__ = ["Evaluation", "SongTable", "evaluate", "read_playlists", "read_songs"]
