"""The public data sets that ``load`` knows by name; docs/loading.md shows the same table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spotai.errors import FormatError, InputError
from spotai.formats.playlist_json import MPD
from spotai.formats.recognise import open_rows
from spotai.ingest.addresses import is_address, shown_address


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A data set by name.

    ``address`` is where it is downloaded from; where that needs a login it is None, and ``page``
    is where people get ``file`` themselves. ``rows`` as its page or its readers count them.
    """

    name: str
    title: str
    holds: str
    rows: int
    lacks: str
    format: str
    file: str
    page: str
    licence: str
    address: str | None = None

    def how_to_get_it(self) -> str:
        return (
            f"{self.name} needs a login to be downloaded. Get {self.file} from {self.page}, unpack "
            f"it, then: spotai load {self.name} {self.file}"
        )


SPOTIFY_TERMS: Final = (
    "Its rows come from Spotify's Web API, whose developer terms may apply whatever the licence "
    "says; what you may do with them is yours to check."
)
_ON_ITS_PAGE: Final = "stated on its page"
_KAGGLE: Final = "https://www.kaggle.com/datasets"

PUBLIC_SETS: Final = {
    known.name: known
    for known in (
        PublicSet(
            name="hf-114k",
            title="Spotify Tracks Dataset (Hugging Face, also on Kaggle)",
            holds="songs by genre, a row for each genre of a song",
            rows=114_000,
            lacks="release year",
            format="kaggle-114k",
            file="dataset.csv",
            page="https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset",
            licence="BSD, says the card of the data set",
            address="https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset"
            "/resolve/main/dataset.csv",
        ),
        PublicSet(
            name="tidytuesday",
            title="TidyTuesday, 21 January 2020",
            holds="songs with playlists of six genres",
            rows=32_833,
            lacks="time signature, explicit",
            format="tidytuesday",
            file="spotify_songs.csv",
            page="https://github.com/rfordatascience/tidytuesday",
            licence="MIT, says the repository",
            address="https://raw.githubusercontent.com/rfordatascience/tidytuesday"
            "/2c423bacc57e4632ff8550557e0bc823eefa31ab/data/2020/2020-01-21/spotify_songs.csv",
        ),
        PublicSet(
            name="kaggle-1.2m",
            title="Spotify 1.2M+ Songs (Kaggle)",
            holds="songs, whole albums of them",
            rows=1_204_025,
            lacks="popularity, genres",
            format="kaggle-1.2m",
            file="tracks_features.csv",
            page=f"{_KAGGLE}/rodolfofigueroa/spotify-12m-songs",
            licence=_ON_ITS_PAGE,
        ),
        PublicSet(
            name="kaggle-600k",
            title="Spotify Dataset 1921-2020, 600k+ Tracks (Kaggle)",
            holds="songs of a hundred years",
            rows=586_672,
            lacks="albums, genres",
            format="kaggle-600k",
            file="tracks.csv",
            page=f"{_KAGGLE}/yamaerenay/spotify-dataset-19212020-600k-tracks",
            licence=_ON_ITS_PAGE,
        ),
        PublicSet(
            name="kaggle-1m",
            title="Spotify 1 Million Tracks (Kaggle)",
            holds="songs of 2000 to 2023 with their genre",
            rows=1_159_764,
            lacks="albums, explicit; of the date only the year is there",
            format="kaggle-1m",
            file="spotify_data.csv",
            page=f"{_KAGGLE}/amitanshjoshi/spotify-1million-tracks",
            licence=_ON_ITS_PAGE,
        ),
        PublicSet(
            name="kaggle-232k",
            title="Ultimate Spotify Tracks DB (Kaggle)",
            holds="songs, a row for each genre of a song",
            rows=232_725,
            lacks="release year, albums, explicit",
            format="kaggle-232k",
            file="SpotifyFeatures.csv",
            page=f"{_KAGGLE}/zaheenhamidani/ultimate-spotify-tracks-db",
            licence=_ON_ITS_PAGE,
        ),
        PublicSet(
            name="mpd",
            title="Spotify Million Playlist Dataset (AIcrowd)",
            holds="a million playlists in a thousand files",
            rows=66_346_428,
            lacks="every feature but the duration",
            format=MPD,
            file="mpd.slice.0-999.json",
            page="https://www.aicrowd.com/challenges/spotify-million-playlist-dataset-challenge",
            licence="the rules of the challenge, on its page",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to load: a path or an address, and the data set it was said to be."""

    place: str
    public_set: PublicSet | None = None

    @property
    def remote(self) -> bool:
        return is_address(self.place)

    @property
    def name(self) -> str:
        """What reports call it: the set that was downloaded, the address, else nothing."""
        if self.public_set and self.place == self.public_set.address:
            return self.public_set.name
        return shown_address(self.place) if self.remote else ""


def wanted(arguments: Sequence[str]) -> Iterator[Wanted]:
    """Read the arguments of ``load``: files, addresses and names of sets, in any order.

    The name of a set that needs a login is followed by the file. A file that is named like a set
    is meant by ``./NAME``. Raises InputError where that file is missing.
    """
    rest = iter(arguments)
    for argument in rest:
        known = PUBLIC_SETS.get(argument.lower())
        if known is None:
            yield Wanted(argument)
        elif known.address is not None:
            yield Wanted(known.address, known)
        else:
            place = next(rest, None)
            if place is None or place.lower() in PUBLIC_SETS:
                raise InputError(known.how_to_get_it())
            yield Wanted(place, known)


def check_is(known: PublicSet, path: Path, name: str) -> None:
    """Raise FormatError unless the file at ``path``, called ``name``, has the set's format."""
    if path.exists() and not path.is_file():
        raise FormatError(
            f"{name} is no regular file. Name the file of {known.name} itself, or load what you "
            "have without the name of a set."
        )
    with open_rows(path, name) as file:
        if file.format != known.format:
            raise FormatError(
                f"{name} is not {known.name}: it has the format {file.format!r}, not "
                f"{known.format!r}. To load it as what it is, leave the name of the set out."
            )
