"""The report of a load, as JSON and as tables for people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from pydantic import BaseModel

from spotai.commands.terminal import SHOWN_PROBLEMS, new_table, warn, write
from spotai.ingest.load import LoadReport

NEXT_STEP: Final = "Next: `spotai snapshot` makes the new songs searchable."
LONGEST_COLUMN: Final = 40


class RefusedRow(BaseModel):
    """A row that was not taken; ``line`` counts from 1."""

    line: int
    reason: str


class LoadAnswer(BaseModel):
    """What became of one file; ``error`` says why it could not be read, and nothing changed.

    ``entries`` are places in the playlists, ``dropped`` those of tracks that the playlist has
    already. ``unused`` are the columns of its header that SpotAI does not know.
    """

    file: str
    format: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    merged: int = 0
    refused: int = 0
    refusals: list[RefusedRow] = []
    playlists: int = 0
    entries: int = 0
    dropped: int = 0
    unused: list[str] = []
    seconds: float = 0.0
    error: str | None = None

    @property
    def changed(self) -> bool:
        return bool(self.added or self.updated or self.playlists)

    @classmethod
    def of(cls, file: str, report: LoadReport) -> LoadAnswer:
        refusals = [RefusedRow(**row._asdict()) for row in report.refusals]
        counted = asdict(report) | {"file": file, "refusals": refusals}
        return cls(read=report.read, **counted)


class LoadAnswers(BaseModel):
    files: list[LoadAnswer]


def warn_unused(answer: LoadAnswer) -> None:
    columns = [column[:LONGEST_COLUMN] for column in answer.unused[:SHOWN_PROBLEMS]]
    more = len(answer.unused) - len(columns)
    told = f"columns not used: {', '.join(columns)}" + (f" and {more:,} more" if more else "")
    warn(f"{answer.file}: {told}")


def print_load(answer: LoadAnswer) -> None:
    table = new_table()
    counts: tuple[str, ...] = ("read", "added", "updated", "merged", "refused", "playlists")
    if answer.playlists:
        counts = (*counts, "entries", "dropped")
    for name in (*counts, "seconds"):
        table.add_column(name, justify="right")
    table.add_row(*(f"{getattr(answer, name):,}" for name in counts), f"{answer.seconds:.1f}")
    write(f"{answer.file} ({answer.format})", table)
    if not answer.refused:
        return
    refused = new_table()
    refused.add_column("line", justify="right")
    refused.add_column("refused because", overflow="fold")
    for row in answer.refusals[:SHOWN_PROBLEMS]:
        refused.add_row(f"{row.line:,}", row.reason)
    write(refused)
    if answer.refused > SHOWN_PROBLEMS:
        write(f"and {answer.refused - SHOWN_PROBLEMS:,} more refused rows")
