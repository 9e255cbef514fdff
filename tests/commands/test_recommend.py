"""``recommend`` and ``profile``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from spotai.api.profile_schemas import ProfileAnswer
from spotai.api.recommendation_schemas import RecommendationAnswer
from spotai.app import create_app
from spotai.catalog.demo import demo_playlists
from spotai.features import FEATURES
from spotai.search import Snapshot
from spotai.settings import Settings
from tests.commands.conftest import DEMO_SONGS, Run, run_cli, write_songs


def recipe_file(folder: Path, text: str) -> str:
    file = folder / "recipe.json"
    file.write_text(text)
    return str(file)


def test_recommend_lists_songs_with_reasons(ask: Run, sleepy: Path) -> None:
    result = ask("recommend", "--tracks", str(sleepy), "--size", "5")
    assert result.exit_code == 0
    assert result.stderr == ""
    heading, _, *rows = result.stdout.splitlines()
    assert heading.split() == ["#", "match", "title", "artists", "year", "BPM", "key", "why"]
    assert [row.split()[0] for row in rows[:5]] == ["1", "2", "3", "4", "5"]
    assert all("%" in row and "playlist" in row for row in rows[:5])
    assert rows[5].startswith("Songs that match: ")
    assert "made up" in rows[-1]


def test_recommend_says_what_of_the_recipe_changes_nothing(
    ask: Run, sleepy: Path, tmp_path: Path
) -> None:
    recipe = recipe_file(tmp_path, '{"variety": {"artist_cap": 5}, "size": 5}')
    result = ask("recommend", "--tracks", str(sleepy), "--recipe", recipe)
    assert "An artist cap of 5 changes nothing in a list of 5." in result.stdout.splitlines()


def test_a_pin_that_cannot_be_listed_says_why(ask: Run, sleepy: Path, tmp_path: Path) -> None:
    recipe = recipe_file(tmp_path, json.dumps({"pins": ["x" * 22]}))
    result = ask("recommend", "--tracks", str(sleepy), "--recipe", recipe)
    assert result.exit_code == 3
    assert "cannot be listed: not in the catalog" in result.stderr


def test_recommend_json_is_the_answer_of_the_http_api(
    ask: Run, sleepy: Path, demo_data: Path
) -> None:
    printed = ask("recommend", "--tracks", str(sleepy), "--size", "7", "--json").stdout
    answer = RecommendationAnswer.model_validate_json(printed)
    assert len(answer.tracks) == 7
    assert answer.seeds.unknown == ()

    track_ids = demo_playlists(DEMO_SONGS)[0].track_ids
    client = create_app(Settings(data_dir=demo_data)).test_client()
    body = {"seed": {"track_ids": track_ids}, "size": 7}
    served = client.post("/api/recommendations", json=body)
    assert served.status_code == 200
    assert served.json == json.loads(printed)


def test_profile_json_is_the_answer_of_the_http_api(
    ask: Run, sleepy: Path, demo_data: Path
) -> None:
    printed = ask("profile", "--tracks", str(sleepy), "--json").stdout
    assert len(ProfileAnswer.model_validate_json(printed).features) == len(FEATURES)
    track_ids = demo_playlists(DEMO_SONGS)[0].track_ids
    client = create_app(Settings(data_dir=demo_data)).test_client()
    served = client.post("/api/profiles", json={"seed": {"track_ids": track_ids}})
    assert served.json == json.loads(printed)


def test_profile_shows_every_feature_most_telling_first(ask: Run, sleepy: Path) -> None:
    result = ask("profile", "--tracks", str(sleepy))
    assert result.exit_code == 0
    for feature in FEATURES:
        assert feature.label in result.stdout
    assert sum(line.startswith("✓ ") for line in result.stdout.splitlines()) == 8
    answer = json.loads(ask("profile", "--tracks", str(sleepy), "--json").stdout)
    labels = [feature["label"] for feature in answer["features"]]
    assert [result.stdout.index(f" {label} ") for label in labels] == sorted(
        result.stdout.index(f" {label} ") for label in labels
    )


def test_tracks_come_from_stdin_too(ask: Run, sleepy: Path) -> None:
    from_file = ask("recommend", "--tracks", str(sleepy), "--json")
    piped = ask("recommend", "--tracks", "-", "--json", stdin=sleepy.read_text())
    assert piped.stdout == from_file.stdout


def test_lines_not_understood_and_unknown_songs_are_told(ask: Run, sleepy: Path) -> None:
    sleepy.write_text(f"{sleepy.read_text()}\nno track\n{'9' * 22}\n")
    result = ask("recommend", "--tracks", str(sleepy))
    assert result.exit_code == 0
    assert f"Not in the snapshot: 1 of 51 songs given ({'9' * 22})." in result.stdout
    assert "line 51" in result.stderr
    json_run = ask("recommend", "--tracks", str(sleepy), "--json")
    assert json.loads(json_run.stdout)["seeds"] == {"known": 50, "unknown": ["9" * 22]}


def test_a_recipe_decides_and_tracks_replace_its_seed(
    ask: Run, sleepy: Path, tmp_path: Path
) -> None:
    mixed = demo_playlists(DEMO_SONGS)[-1]
    recipe = {
        "seed": {"playlist_id": mixed.id},
        "features": {"tempo": {"min": 120}},
        "size": 4,
    }
    file = recipe_file(tmp_path, json.dumps(recipe))
    own = json.loads(ask("recommend", "--recipe", file, "--json").stdout)
    assert len(own["tracks"]) == 4
    assert own["seeds"]["known"] == len(mixed.track_ids)
    assert all(track["features"]["tempo"] >= 120 for track in own["tracks"])

    replaced = json.loads(
        ask("recommend", "--recipe", file, "--tracks", str(sleepy), "--size", "6", "--json").stdout
    )
    assert len(replaced["tracks"]) == 6
    assert replaced["seeds"]["known"] == 50
    assert all(track["features"]["tempo"] >= 120 for track in replaced["tracks"])


def test_few_matches_come_with_loosenings(ask: Run, sleepy: Path, tmp_path: Path) -> None:
    file = recipe_file(tmp_path, '{"features": {"tempo": {"min": 200}, "energy": {"max": 0.1}}}')
    result = ask("recommend", "--recipe", file, "--tracks", str(sleepy))
    assert result.exit_code == 0
    assert "What would bring more:\n  " in result.stdout
    assert " more." in result.stdout
    assert "of the 30 songs asked for." in result.stdout


def test_a_list_that_the_cap_leaves_short_says_so(ask: Run, sleepy: Path, tmp_path: Path) -> None:
    file = recipe_file(tmp_path, '{"size": 500, "variety": {"artist_cap": 1}, "strictness": 0.5}')
    result = ask("recommend", "--recipe", file, "--tracks", str(sleepy))
    assert "  At most one song of an artist: " in result.stdout
    assert "any number of songs of an artist: " in result.stdout.lower()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"contrast": NaN}', ["contrast: "]),
        ('{"contrast": 1e400, "colour": 1}', ["contrast: ", "colour: "]),
        ('{"features": {"energy": {"target": 7}}}', ["features.energy.target: must be at most 1"]),
        ('{"size":', ["not valid JSON"]),
        ("", ["not valid JSON"]),
        ("\x00\x01", ["not valid JSON"]),
        ('{"size": 3, "size": 4}', ["recipe.json names 'size' twice"]),
        (
            '{"colour": 1, "size": 501}',
            ["colour: is not a field here", "size: must be at most 500"],
        ),
        (
            json.dumps({"features": {f.name: {"selected": False} for f in FEATURES}}),
            ["nothing is ticked"],
        ),
        ('{"facet": 2}', ["facet"]),
    ],
)
def test_recipes_that_cannot_be_used_say_why(
    ask: Run, sleepy: Path, tmp_path: Path, text: str, says: list[str]
) -> None:
    file = recipe_file(tmp_path, text)
    result = ask("recommend", "--tracks", str(sleepy), "--recipe", file, "--json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    for part in says:
        assert part in result.stderr


def test_songs_nobody_knows_are_bad_input(ask: Run, tmp_path: Path) -> None:
    unknown = tmp_path / "unknown.txt"
    unknown.write_text("8" * 22)
    for command in ("recommend", "profile"):
        result = ask(command, "--tracks", str(unknown))
        assert result.exit_code == 3
        assert result.stdout == ""
        assert "the song cannot be searched: it is not in the catalog" in result.stderr


def test_songs_of_which_nothing_can_be_used_say_how_many_and_why(run: Run, tmp_path: Path) -> None:
    table = write_songs(tmp_path / "songs.csv", 40)
    with table.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows[:3]:
        row["tempo"] = ""
    with table.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    for arguments in (["load", str(table)], ["snapshot"]):
        assert run(*arguments).exit_code == 0
    given = tmp_path / "given.txt"
    given.write_text("\n".join([*(row["track_id"] for row in rows[:3]), "8" * 22]))
    for command in ("recommend", "profile"):
        result = run(command, "--tracks", str(given))
        assert result.exit_code == 3
        assert (
            "none of the 4 songs can be searched: 3 are in the catalog, but without tempo; "
            "1 is not in the catalog; choose others, or load a data set of them"
        ) in result.stderr


def test_too_many_songs_are_bad_input(ask: Run, tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text("\n".join(f"{n:022d}" for n in range(10_001)))
    result = ask("profile", "--tracks", str(many))
    assert result.exit_code == 3
    assert "at most 10,000" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--playlist", "a", "--recipe", "r.json"),
        ("--tracks", "list.txt", "--size", "0"),
        ("--tracks", "list.txt", "--size", "501"),
        ("--tracks", "list.txt", "--nonsense"),
    ],
)
def test_wrong_usage(ask: Run, arguments: tuple[str, ...]) -> None:
    result = ask("recommend", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_without_a_snapshot_it_says_how_to_make_one(run: Run, sleepy: Path) -> None:
    result = run("recommend", "--tracks", str(sleepy))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "spotai snapshot" in result.stderr


@pytest.mark.parametrize(("columns", "widest"), [("80", 80), ("200", 200)])
def test_the_table_fits_a_terminal_and_keeps_its_columns(
    ask: Run, sleepy: Path, columns: str, widest: int
) -> None:
    shown = ask(
        "recommend", "--tracks", str(sleepy), TTY_COMPATIBLE="1", COLUMNS=columns, NO_COLOR="1"
    ).stdout
    table = shown.split("Songs that match")[0]
    assert max(map(len, table.splitlines())) <= widest
    assert "acousticness" in table


def test_a_real_playlist_gets_real_songs(real_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run_cli(["load", str(real_data / "sample_4000.csv")], data).exit_code == 0
    assert run_cli(["snapshot"], data).exit_code == 0
    playlists = real_data / "sample_4000_playlists.csv"
    with playlists.open(encoding="utf-8") as lines:
        chosen = next(csv.DictReader(lines))["playlist_id"]
    arguments = ["recommend", "--tracks", str(playlists), "--playlist", chosen, "--json"]
    answer = json.loads(run_cli(arguments, data).stdout)
    known = {id_.decode() for id_ in Snapshot.open(data / "snapshots").ids}
    assert len(answer["tracks"]) == 30
    assert {track["id"] for track in answer["tracks"]} <= known
    assert all(not track["demo"] and track["reasons"] for track in answer["tracks"])


def test_a_recipe_saved_with_a_byte_order_mark_is_read(
    ask: Run, sleepy: Path, tmp_path: Path
) -> None:
    file = recipe_file(tmp_path, '\ufeff{"size": 3}')
    result = ask("recommend", "--tracks", str(sleepy), "--recipe", file, "--json")
    assert len(json.loads(result.stdout)["tracks"]) == 3


def test_many_faults_of_a_recipe_are_counted(ask: Run, tmp_path: Path) -> None:
    file = recipe_file(tmp_path, json.dumps({f"unknown{number}": 0 for number in range(30)}))
    result = ask("recommend", "--recipe", file)
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) == 22
    assert result.stderr.endswith("and 10 more\n")


def test_known_songs_are_left_out(ask: Run, sleepy: Path, tmp_path: Path) -> None:
    first = json.loads(ask("recommend", "--tracks", str(sleepy), "--size", "9", "--json").stdout)
    known = tmp_path / "known.csv"
    rows = [f"{n % 2},{track['id']}" for n, track in enumerate(first["tracks"])]
    known.write_text("\n".join(["playlist_id,track_id", *rows]))
    asked = ("recommend", "--tracks", str(sleepy), "--size", "9", "--known", str(known), "--json")
    fresh = json.loads(ask(*asked).stdout)
    assert len(fresh["tracks"]) == 9
    assert not {track["id"] for track in fresh["tracks"]} & {t["id"] for t in first["tracks"]}
    assert fresh["total_matches"] == first["total_matches"] - 9


def test_a_recipe_that_leaves_known_songs_out_says_how_to_name_them(
    ask: Run, sleepy: Path, tmp_path: Path
) -> None:
    recipe = recipe_file(tmp_path, '{"variety": {"familiar": "exclude"}}')
    shown = ask("recommend", "--tracks", str(sleepy), "--recipe", recipe)
    assert shown.exit_code == 0
    assert "none is known yet" in shown.stdout
    assert "Name them with --known FILE." in shown.stdout
    named = ask("recommend", "--tracks", str(sleepy), "--recipe", recipe, "--known", str(sleepy))
    assert "all of them are songs you start from" in named.stdout
    assert "--known" not in named.stdout
    twice = ask("recommend", "--tracks", "-", "--known", "-")
    assert twice.exit_code == 2
    assert "only one of --tracks and --known" in twice.stderr


def test_a_recipe_of_a_later_version_says_what_to_do(ask: Run, tmp_path: Path) -> None:
    refused = ask("recommend", "--recipe", recipe_file(tmp_path, '{"version": 2}'))
    assert refused.exit_code == 3
    assert "made by a newer SpotAI" in refused.stderr
