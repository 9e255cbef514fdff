"""Generations whose files or manifest are not as they were written."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spotai.catalog.demo import demo_columns
from spotai.errors import DamagedSnapshotError
from spotai.features import AXES
from spotai.search import Snapshot, build_snapshot
from spotai.search.checksums import HARMLESS, check_files
from spotai.search.manifest import read_manifest
from tests.made_songs import columns_of

SECONDS = 120
HEADER_BYTES = 128
Contents = dict[str, Any]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    rows = [{"energy": n / 10, "tempo": 100.0 + n, "genres": ("pop",)} for n in range(5)]
    return build_snapshot([columns_of(rows)], tmp_path / "snapshots", source="test")


def alter(file: Path) -> None:
    """Make the last number of a file a very large one."""
    content = bytearray(file.read_bytes())
    content[-2] ^= 0x7F
    file.write_bytes(content)


def scramble(file: Path) -> None:
    """Make most numbers of a file very large ones."""
    content = bytearray(file.read_bytes())
    for place in range(HEADER_BYTES + 2, len(content), 4):
        content[place] ^= 0x0F
    file.write_bytes(content)


def rewrite(built: Path, change: Callable[[Contents], object], *, sealed: bool = False) -> None:
    """Change a manifest, ``sealed`` with the checksum of what it says then."""
    path = built / "manifest.json"
    contents = json.loads(path.read_text())
    change(contents)
    if sealed:
        del contents["sha256"]
        canonical = json.dumps(contents, sort_keys=True, separators=(",", ":"))
        contents["sha256"] = hashlib.sha256(canonical.encode()).hexdigest()
    path.write_text(json.dumps(contents))


@pytest.mark.parametrize(
    "name", ["block-rows", "region-begins", "region-rows", "slots", "track_genre-offsets", "title"]
)
def test_no_altered_file_is_searched(tmp_path: Path, name: str) -> None:
    built = build_snapshot(demo_columns(400), tmp_path, source="test")
    scramble(built / f"{name}.npy")
    # In a process of its own, which an altered offset might end.
    program = (
        "import sys\nfrom spotai.errors import DamagedSnapshotError\n"
        "from spotai.search import Snapshot\n"
        "try:\n    Snapshot.open(sys.argv[1])\n"
        "except DamagedSnapshotError as error:\n    print(error.message)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", program, str(built)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert f"has altered files: {name}.npy" in process.stdout
    assert "spotai snapshot" in process.stdout


def test_an_altered_generation_is_passed_over_and_the_reason_named(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newest = build_snapshot([columns_of([{}, {}])], built.parent, source="test")
    alter(newest / "block-rows.npy")
    assert Snapshot.open(built.parent).folder == built
    reasons = [vars(record).get("reason", "") for record in caplog.records]
    assert any("block-rows.npy" in reason for reason in reasons)


def test_of_large_generations_only_files_that_could_end_a_process_are_read(
    built: Path,
) -> None:
    manifest = read_manifest(built)
    alter(built / "coordinates.npy")
    check_files(built, manifest, most_bytes=1)
    with pytest.raises(DamagedSnapshotError, match=r"coordinates\.npy"):
        check_files(built, manifest)
    alter(built / "slots.npy")
    with pytest.raises(DamagedSnapshotError, match=r"altered files: slots\.npy"):
        check_files(built, manifest, most_bytes=1)


def test_every_file_that_is_passed_over_is_there(built: Path) -> None:
    assert read_manifest(built).files.keys() >= HARMLESS


@pytest.mark.parametrize(
    "change",
    [
        lambda contents: contents["axes"][0].update(mean=0.5),
        lambda contents: contents.update(songs=4),
        lambda contents: contents.pop("sha256"),
        lambda contents: contents["axes"].pop(),
        lambda contents: contents.update(spreads={}),
    ],
)
def test_an_altered_manifest_is_damage(built: Path, change: Callable[[Contents], object]) -> None:
    rewrite(built, change)
    with pytest.raises(DamagedSnapshotError, match=r"not as it was written.*spotai snapshot"):
        Snapshot.open(built)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda contents: contents["axes"].pop(), "axes or features are missing"),
        (lambda contents: contents["spreads"].clear(), "axes or features are missing"),
        (lambda contents: contents.pop("genres"), "genres"),
        (lambda contents: contents.update(ends=[1, 2]), "ends"),
    ],
)
def test_a_manifest_that_lacks_something_names_it_in_a_line(
    built: Path, change: Callable[[Contents], object], wrong: str
) -> None:
    rewrite(built, change, sealed=True)
    with pytest.raises(DamagedSnapshotError) as caught:
        Snapshot.open(built)
    said = caught.value.message
    assert wrong in said
    assert "spotai snapshot" in said
    assert "pydantic" not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"format":' + "[" * 100_000 + "]" * 100_000 + "}", "no JSON"),
        ("\udcff", "no JSON"),
        ("[3]", "no JSON object"),
        ('{"format": "3"}', "names no format"),
        ("{}", "names no format"),
        ('{"format": 3}', "snapshot format 3, this program reads 4"),
    ],
)
def test_what_is_no_manifest_says_what_to_do(built: Path, text: str, said: str) -> None:
    (built / "manifest.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(DamagedSnapshotError, match=f"{said}.*spotai snapshot"):
        Snapshot.open(built)


def test_a_manifest_reads_back_as_it_was_written(built: Path) -> None:
    manifest = read_manifest(built)
    assert (manifest.songs, manifest.genres) == (5, ("pop",))
    assert tuple(entry.name for entry in manifest.axes) == AXES
