"""What a snapshot generation says of itself: ``manifest.json``, with a checksum of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from spotai.errors import DamagedSnapshotError
from spotai.features import AXES, NAMES

FORMAT_VERSION: Final = 4
MANIFEST: Final = "manifest.json"
BUILD_ANEW: Final = "build a new snapshot with `spotai snapshot`"
_CHECKSUM: Final = "sha256"


class AxisEntry(BaseModel):
    """One axis in the manifest: its moments and extremes over known values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    available: bool
    mean: float
    variance: float
    low: float
    high: float


class SpreadEntry(BaseModel):
    """How one feature's values spread over the catalog (spread.py)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    points: tuple[float, ...]
    catalog: tuple[float, ...]


class FileEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a generation says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    generation: int
    songs: int
    skipped: int
    ends: tuple[str, str]
    created: str
    source: str
    axes: tuple[AxisEntry, ...]
    spreads: dict[str, SpreadEntry]
    genres: tuple[str, ...]
    files: dict[str, FileEntry]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if tuple(entry.name for entry in self.axes) != AXES or self.spreads.keys() != set(NAMES):
            raise ValueError("axes or features are missing")
        return self


def write_manifest(folder: Path, manifest: Manifest) -> None:
    contents = manifest.model_dump(mode="json")
    sealed = {**contents, _CHECKSUM: _checksum(contents)}
    text = json.dumps(sealed, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest and check that every file has the size it names.

    Raises DamagedSnapshotError when something is missing, cut, altered, or of another format.
    """
    path = folder / MANIFEST
    contents = _contents(path)
    version = contents.get("format")
    if type(version) is not int:
        raise DamagedSnapshotError(f"{path} names no format; {BUILD_ANEW}")
    if version != FORMAT_VERSION:
        raise DamagedSnapshotError(
            f"{folder} has snapshot format {version}, this program reads {FORMAT_VERSION}; "
            f"{BUILD_ANEW}"
        )
    if contents.pop(_CHECKSUM, None) != _checksum(contents):
        raise DamagedSnapshotError(f"{path} is not as it was written; {BUILD_ANEW}")
    try:
        manifest = Manifest.model_validate(contents)
    except ValidationError as error:
        # Where it is wrong, not pydantic's page about it.
        wrong = {str(fault["loc"][0]) if fault["loc"] else fault["msg"] for fault in error.errors()}
        raise DamagedSnapshotError(
            f"{path} is not complete ({', '.join(sorted(wrong))}); {BUILD_ANEW}"
        ) from error
    _check_sizes(folder, manifest)
    return manifest


def _contents(path: Path) -> dict[str, Any]:
    try:
        contents = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DamagedSnapshotError(
            f"{path} cannot be read ({error.strerror}); {BUILD_ANEW}"
        ) from error
    # Lists in lists beyond what Python takes are a RecursionError.
    except (ValueError, RecursionError) as error:
        raise DamagedSnapshotError(f"{path} cannot be read: it is no JSON; {BUILD_ANEW}") from error
    if not isinstance(contents, dict):
        raise DamagedSnapshotError(f"{path} cannot be read: it is no JSON object; {BUILD_ANEW}")
    return contents


def _checksum(contents: dict[str, Any]) -> str:
    canonical = json.dumps(contents, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for name, entry in manifest.files.items():
        path = folder / name
        size = path.stat().st_size if path.is_file() else -1
        if size != entry.bytes:
            found = "is missing" if size < 0 else f"has {size:,} bytes, not {entry.bytes:,}"
            raise DamagedSnapshotError(f"{path} {found}; {BUILD_ANEW}")
