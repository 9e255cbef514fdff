"""The fifteen song features: the one place that knows them.

Names, labels, units, bounds, what counts as missing, how a value is shown, which search axes a
feature spans and how much it weighs by default all stand in ``FEATURES``. SQL columns, snapshot
files, recipes, the HTTP API, the command line and the docs derive from it.

``weight`` (g) and ``prior_variance`` (v0) are the constants of the contrast profile: they were
fitted once on real playlists (docs/recipe.md has the formula that uses them).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

from spotai.durations import MS_PER_SECOND, clock, counted, exact_clock
from spotai.errors import FeatureValueError

Kind = Literal["numeric", "circular", "category"]
Group = Literal["audio", "duration", "meter", "popularity", "release"]
CountedIn = Literal["BPM", "year", "ms"]

KEY_NAMES: Final = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
FINEST_DIGITS: Final = 9
# By the semitones from one key up to another; a fourth up is a fifth down.
INTERVALS: Final = (
    "same key",
    "a semitone up",
    "a tone up",
    "a minor third up",
    "a major third up",
    "a fifth down",
    "a tritone away",
    "a fifth up",
    "a major third down",
    "a minor third down",
    "a tone down",
    "a semitone down",
)


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """One song feature.

    ``minimum`` and ``maximum`` bound a valid value, inclusive, in natural units. ``missing`` is
    the placeholder data sets write when the value is not known. ``group`` says which features are
    always measured together, and so share one source and time in the catalog. ``required``
    features must be known before a track can be searched. ``more``, ``less`` and ``alike`` are the
    words for a song that has more, less or as much of the feature as another, ``alike_low`` those
    for two that hardly have any of it, in the lowest quarter of its range; ``high`` and ``low`` are
    the words for a mood that has more or less of it than others, empty where no plain word says so.
    ``among`` says of a choice which songs have it. ``counted_in``: the unit in which people count
    how far two values are apart; where it is empty they say "a bit" and "much". ``notable``: how
    far two values have to be apart to be more than a bit, four times that to be much; 0 leaves it
    to the ranks alone.

    ``asks_for``: the axis asks only whether the value is this one. ``unfitted``: ``weight`` is no
    result of the fit and stands in every case. ``octaves``: half and double of a value can count
    as the same. ``fingerprint``: one of the values by which a recording is known again.
    ``completed_by``: the feature that has to be known with this one to say all of it: a key is
    major or minor. ``mood``: songs of one playlist that differ much in it are of different moods.
    """

    name: str
    label: str
    unit: str
    minimum: float
    maximum: float
    kind: Kind
    group: Group
    description: str
    weight: float
    prior_variance: float
    more: str = ""
    less: str = ""
    high: str = ""
    low: str = ""
    alike: str = ""
    alike_low: str = ""
    among: str = "in {}"
    counted_in: CountedIn | None = None
    notable: float = 0.0
    integer: bool = False
    required: bool = False
    missing: float | None = None
    clamps: bool = False
    choices: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    asks_for: int | None = None
    unfitted: bool = False
    octaves: bool = False
    fingerprint: bool = False
    completed_by: str = ""
    mood: bool = False

    @property
    def heard(self) -> bool:
        """Whether the value lies in the recording; popularity and release year do not."""
        return self.group not in {"popularity", "release"}

    @property
    def axes(self) -> tuple[str, ...]:
        """The search axes the feature spans: two for the circular one, else one."""
        if self.kind == "circular":
            return (f"{self.name}_cos", f"{self.name}_sin")
        return (self.name,)

    def clean(self, value: float | None) -> float | None:
        """Return ``value`` as the catalog keeps it, or None when it means "not known".

        Raises FeatureValueError when the value is neither valid nor a known placeholder.
        """
        if value is None:
            return None
        value = _as_double(value)
        if math.isnan(value) or value == self.missing:
            return None
        if self.clamps and math.isfinite(value):
            value = min(max(value, self.minimum), self.maximum)
        if not self.minimum <= value <= self.maximum:
            raise FeatureValueError(
                f"{self.name} is {value:g}, outside {self.minimum:g} to {self.maximum:g}"
            )
        if self.integer and value != math.floor(value):
            raise FeatureValueError(f"{self.name} is {value:g}, not a whole number")
        if self.choices and int(value) not in self.choices:
            raise FeatureValueError(f"{self.name} is {value:g}, not one of {sorted(self.choices)}")
        return value

    def show_apart(self, value: float, other: float) -> tuple[str, str]:
        """Return two values as people read them, with the digits it takes to tell them apart.

        Values that nobody counts so finely, whole numbers, are shown as ever.
        """
        most = self._digits if self.integer else FINEST_DIGITS
        pairs = (
            (self._written(value, digits), self._written(other, digits))
            for digits in range(self._digits + 1, most + 1)
        )
        usual = self.show(value), self.show(other)
        return next((p for p in (usual, *pairs) if p[0] != p[1]), usual)

    def number(self, value: float) -> float:
        """Return ``value`` as the feature counts: an int for whole-number features."""
        return round(value) if self.integer else value

    def show(self, value: float | None) -> str:
        """Return ``value`` as people read it: ``3:25``, ``128 BPM``, ``D♯``, ``unknown``."""
        if value is None:
            return "unknown"
        if self.choices:
            return self.choices[round(value)]
        if self.name == "duration_ms" and abs(value) <= self.maximum:
            return clock(value)
        if abs(value) >= 1e6:
            return f"{value:.3g}"
        return self._written(value, self._digits)

    def _written(self, value: float, digits: int) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{value:.{digits}f}{unit}".replace("-", "−")

    def show_exactly(self, value: float) -> str:
        """Return a numeric value somebody chose in all its digits: no two of them read alike."""
        if self.name == "duration_ms":
            return exact_clock(round(value))
        unit = f" {self.unit}" if self.unit else ""
        return f"{value}".removesuffix(".0").replace("-", "−") + unit

    @property
    def _digits(self) -> int:
        return 0 if self.integer or self.unit == "BPM" else 1 if self.unit else 2

    @property
    def units(self) -> tuple[float, ...]:
        """The differences people count in, ascending, from the finest one that is shown."""
        if self.name == "duration_ms":
            return tuple(seconds * 1000 for seconds in (1, 5, 10, 30, 60, 300, 600, 1_800))
        powers = range(-self._digits, 3)
        listed = [round(n * 10.0**power, self._digits) for power in powers for n in (1, 2, 5)]
        return tuple(unit for unit in listed if unit <= (self.maximum - self.minimum) / 4)

    def round_beyond(self, start: float, value: float) -> float:
        """Return the number near ``value`` that people would choose who start from ``start``: the
        coarsest one that differs by a unit at least, on the side of ``value``.
        """
        coarser = [unit for unit in self.units if unit <= abs(value - start)]
        unit = coarser[-1] if coarser else self.units[0]
        outward = math.ceil if value > start else math.floor
        count = (round if coarser else outward)(value / unit)
        rounded = min(max(round(count * unit, self._digits), self.minimum), self.maximum)
        return self.number(rounded)

    def as_much(self, value: float) -> str:
        """Return the words for a song that has as much of a numeric feature as another."""
        low = value < self.minimum + (self.maximum - self.minimum) / 4
        return self.alike_low if low and self.alike_low else self.alike

    def apart(self, value: float, other: float) -> str:
        """Return how far two values are apart as people count it: ``3 BPM``, ``1 min 5 s``.

        It is the difference of the values as they are shown; nothing where they show alike, or
        where people do not count.
        """
        size = MS_PER_SECOND if self.counted_in == "ms" else 1
        steps = abs(round(value / size) - round(other / size))
        if self.counted_in is None or steps == 0:
            return ""
        if self.counted_in == "ms":
            return counted(steps)
        plural = "s" if self.counted_in == "year" and steps > 1 else ""
        return f"{steps} {self.counted_in}{plural}"


def _as_double(number: float) -> float:
    """Return a number as a double: a whole number larger than any double is as infinity."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _ratio(
    name: str,
    g: float,
    v0: float,
    words: tuple[str, str, str, str, str, str],
    description: str,
    *,
    fingerprint: bool = False,
    mood: bool = True,
) -> Feature:
    more, less, high, low, alike, alike_low = words
    return Feature(
        name=name,
        label=name.capitalize(),
        unit="",
        minimum=0.0,
        maximum=1.0,
        kind="numeric",
        group="audio",
        description=description,
        weight=g,
        prior_variance=v0,
        more=more,
        less=less,
        high=high,
        low=low,
        alike=alike,
        alike_low=alike_low,
        notable=0.05,
        required=True,
        fingerprint=fingerprint,
        mood=mood,
    )


FEATURES: Final[tuple[Feature, ...]] = (
    _ratio(
        "acousticness", 0.40, 0.45,
        ("more acoustic", "less acoustic", "acoustic", "electric",
         "as acoustic", "also hardly acoustic"),
        "How sure Spotify was that the track is acoustic.",
        fingerprint=True,
    ),
    _ratio(
        "danceability", 0.35, 0.65,
        ("more danceable", "less danceable", "danceable", "",
         "as danceable", "also hardly danceable"),
        "How well the track suits dancing: tempo, steady rhythm, beat strength.",
        fingerprint=True,
    ),
    Feature(
        "duration_ms", "Duration", "ms", 1, 86_400_000, "numeric", "duration",
        "How long the track is, in milliseconds.",
        0.35, 0.50, "longer", "shorter", "long", "short", "as long", counted_in="ms",
        integer=True, required=True, missing=0,
    ),
    _ratio(
        "energy", 0.35, 0.45,
        ("more energetic", "calmer", "energetic", "calm",
         "as energetic", "as calm"),
        "Intensity and activity: fast, loud and noisy tracks score high.",
        fingerprint=True,
    ),
    _ratio(
        "instrumentalness", 0.30, 0.60,
        ("more instrumental", "less instrumental", "instrumental", "sung",
         "as instrumental", "as vocal"),
        "How likely it is that the track has no vocals.",
    ),
    Feature(
        "key", "Key", "", 0, 11, "circular", "audio",
        "The track's key as a pitch class: 0 is C, 1 is C♯, and so on.",
        0.10, 1.0, integer=True, missing=-1, completed_by="mode",
        choices=MappingProxyType(dict(enumerate(KEY_NAMES))),
    ),
    _ratio(
        "liveness", 0.30, 1.0,
        ("more live", "less live", "live", "studio",
         "as live", "also from the studio"),
        "How likely it is that an audience is heard in the recording.",
        mood=False,
    ),
    Feature(
        "loudness", "Loudness", "dB", -60, 0, "numeric", "audio",
        "Average loudness in decibels below full scale.",
        0.10, 0.55, "louder", "quieter", "loud", "quiet", "as loud",
        required=True, clamps=True, fingerprint=True, mood=True,
    ),
    Feature(
        "mode", "Mode", "", 0, 1, "category", "audio",
        "Whether the track's melody is in a major or a minor scale.",
        0.30, 1.0, integer=True, missing=-1, among="in a {} key",
        choices=MappingProxyType({0: "minor", 1: "major"}),
    ),
    _ratio(
        "speechiness", 0.40, 0.60,
        ("more speech", "less speech", "wordy", "",
         "as much speech", "as little speech"),
        "How much of the track is spoken words.",
    ),
    Feature(
        "tempo", "Tempo", "BPM", 1, 400, "numeric", "audio",
        "Estimated tempo in beats per minute.",
        0.10, 0.85, "faster", "slower", "fast", "slow", "same tempo", counted_in="BPM",
        required=True, missing=0, octaves=True, fingerprint=True, mood=True,
    ),
    Feature(
        "time_signature", "Time signature", "", 1, 7, "category", "meter",
        "Beats in a bar; the search asks whether it is four.",
        0.10, 0.5, integer=True, missing=0, asks_for=4, unfitted=True,
        choices=MappingProxyType({n: f"{n}/4" for n in (1, 3, 4, 5, 6, 7)}),
    ),
    _ratio(
        "valence", 0.30, 0.60,
        ("happier", "sadder", "happy", "sad",
         "same mood", "same mood"),
        "How positive the track sounds: high is cheerful, low is sad or angry.",
        fingerprint=True,
    ),
    Feature(
        "popularity", "Popularity", "", 0, 100, "numeric", "popularity",
        "Spotify's popularity score when the data set was taken; 0 is a real value.",
        0.80, 0.45, "more popular", "less popular", "popular", "lesser-known", "as popular",
        notable=5, integer=True,
    ),
    Feature(
        "release_year", "Release year", "", 1860, 2100, "numeric", "release",
        "The year the album came out.",
        0.60, 0.20, "newer", "older", "new", "old", "same year", counted_in="year",
        integer=True, missing=0, mood=True,
    ),
)  # fmt: skip

BY_NAME: Final[Mapping[str, Feature]] = MappingProxyType({f.name: f for f in FEATURES})
NAMES: Final[tuple[str, ...]] = tuple(BY_NAME)
AXES: Final[tuple[str, ...]] = tuple(axis for f in FEATURES for axis in f.axes)
FEATURE_OF_AXIS: Final[Mapping[str, Feature]] = MappingProxyType(
    {axis: f for f in FEATURES for axis in f.axes}
)
FINGERPRINT: Final[tuple[Feature, ...]] = tuple(f for f in FEATURES if f.fingerprint)
GROUPS: Final[Mapping[Group, tuple[Feature, ...]]] = MappingProxyType(
    {group: tuple(f for f in FEATURES if f.group == group) for group in get_args(Group)}
)


def fifths(key: float) -> float:
    """Return how many steps up the circle of fifths a key lies from C, 0 to 11."""
    return 7 * key % 12


def key_words(key: float, mode: float | None, other: float, other_mode: float | None) -> str:
    """Return what one key is to another: ``same key``, ``a fifth up``, ``relative minor``.

    Keys are pitch classes. A mode that is not known is not spoken of.
    """
    interval = INTERVALS[round(key - other) % 12]
    if mode is None or other_mode is None or mode == other_mode:
        return interval
    name = BY_NAME["mode"].show(mode)
    if key == other:
        return f"parallel {name}"
    # A relative minor lies three semitones below its major.
    if round(key - other) % 12 == (3 if mode > other_mode else 9):
        return f"relative {name}"
    return f"{interval} and {name}"
