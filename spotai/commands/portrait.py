"""What ``profile`` prints: the features of some songs, their moods, and songs that are unknown."""

from __future__ import annotations

from collections import Counter
from typing import Final

from rich.table import Table

from spotai.commands.terminal import new_table, write
from spotai.recommend import FeatureProfile, Portrait

SHOWN_EXAMPLES: Final = 3


def print_portrait(portrait: Portrait) -> None:
    """Print the fifteen features, the most telling first, and what else there is to say."""
    profile = portrait.profile
    write(_feature_table(portrait))
    write(f"Songs profiled: {profile.songs:,}. ✓ decides a recommendation by default.")
    for facet in portrait.facets:
        shown = " (this one)" if facet.number == portrait.facet else ""
        write(f"Mood {facet.number}: {facet.name} ({len(facet.rows):,} songs){shown}.")
    reasons = Counter(song.text for song in portrait.unknown)
    for reason, songs in reasons.items():
        ids = [song.id for song in portrait.unknown if song.text == reason]
        more = ", …" if songs > SHOWN_EXAMPLES else ""
        named = ", ".join(ids[:SHOWN_EXAMPLES]) + more
        write(f"Unknown: {songs:,} {'song' if songs == 1 else 'songs'} {reason} ({named}).")


def _feature_table(portrait: Portrait) -> Table:
    table = new_table()
    table.add_column("", no_wrap=True)
    table.add_column("feature", no_wrap=True)
    for heading in ("centre", "quartiles", "catalog", "telling", "influence", "known"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("standing", overflow="fold")
    for seen in sorted(portrait.profile.features.values(), key=lambda seen: -seen.telling):
        described = portrait.features[seen.feature.name]
        table.add_row(
            "✓" if seen.selected else "",
            seen.feature.label,
            "unavailable" if not seen.available else seen.feature.show(seen.centre),
            _quartiles(seen),
            "" if seen.catalog_centre is None else seen.feature.show(seen.catalog_centre),
            f"{seen.telling:.2f}",
            f"{described.influence:.0f} %" if seen.selected else "",
            f"{seen.known:,}",
            described.standing.text if described.standing else "",
        )
    return table


def _quartiles(seen: FeatureProfile) -> str:
    if seen.quartiles is None:
        return ""
    low, _, high = (seen.feature.show(value) for value in seen.quartiles)
    return f"{low} – {high}"
