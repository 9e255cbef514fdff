"""A recipe as a short text for a URL, and back.

``1.CODE``: the version of the recipe, and base64url without padding of a CRC-32 (4 bytes, of what
follows unpacked) and a raw DEFLATE stream. Unpacked it is the JSON of what differs from the
defaults, without blanks, whole numbers without a point. Both sides start from ``_DICTIONARY``,
which belongs to version 1 like the meaning of its fields: links that people keep depend on it.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from binascii import Error as Base64Error
from typing import Any, Final

from spotai.errors import (
    InvalidFieldsError,
    MalformedError,
    RecipeError,
    RecipeLinkError,
    TooLargeError,
)
from spotai.features import NAMES
from spotai.parsing import parse_json
from spotai.recommend.recipe import VERSION, Recipe, newer_version

# Seeds in a link; more of them are saved on the server.
MOST_LINKED_SEEDS: Final = 50
# Some programs cut longer addresses; 50 seeds take 1,200 characters.
LONGEST_LINK: Final = 1_900
LONGEST_JSON: Final = 32 * 1024
# Beyond it a whole float has no point to leave out.
LARGEST_WHOLE: Final = 2.0**53

_LINK: Final = re.compile(r"([1-9][0-9]{0,8})\.([A-Za-z0-9_-]+)")
_RAW: Final = -zlib.MAX_WBITS
# The likeliest words stand last, where a reference to them is shortest.
_WORDS: Final = (
    '"filters":{"explicit":false,"genres":["min_playlist_followers":"variety":{"artist_cap":'
    '"one_version_per_song":false"spread":"familiar":"exclude""random_seed":"order":"closest'
    'smoothrisingfallingwave""pins":["bans":["tempo_octaves":true"facet":"strictness":0.'
    '"contrast":0."size":"weight":"offlownormalhigh","only":[0,'
)
_DICTIONARY: Final = (
    _WORDS
    + "".join(f'"{name}":{{' for name in NAMES)
    + '"selected":true,"selected":false,"max":0."min":0."target":0.'
    + '"},"features":{"{"seed":{"track_ids":["{"seed":{"playlist_id":"'
).encode()


def encode(recipe: Recipe) -> str:
    """Return the text of a recipe; equal recipes have the same.

    Raises RecipeError for one with more than ``MOST_LINKED_SEEDS`` seed ids, or too long a text.
    """
    seeds = len(recipe.seed.track_ids)
    if seeds > MOST_LINKED_SEEDS:
        raise RecipeError(
            f"a link holds at most {MOST_LINKED_SEEDS} songs to start from, and these are "
            f"{seeds:,}; save the recipe, and link to what is saved",
            field="seed.track_ids",
        )
    text = _json(recipe.model_dump(mode="json", exclude_defaults=True)).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, zdict=_DICTIONARY)
    packed = zlib.crc32(text).to_bytes(4, "big") + packer.compress(text) + packer.flush()
    link = f"{VERSION}.{base64.urlsafe_b64encode(packed).rstrip(b'=').decode()}"
    if len(link) > LONGEST_LINK or len(text) > LONGEST_JSON:
        raise RecipeError(
            "the recipe is too long for a link; save it, and link to what is saved", field="recipe"
        )
    return link


def is_link(text: str) -> bool:
    """Return whether ``text`` is meant as a recipe; ids of saved ones have no point."""
    return "." in text


def decode(link: str) -> Recipe:
    """Return the recipe of a text that ``encode`` made. Raises RecipeLinkError."""
    if len(link) > LONGEST_LINK:
        raise RecipeLinkError(
            f"a recipe link has at most {LONGEST_LINK:,} characters; copy it again from where you "
            "found it"
        )
    found = _LINK.fullmatch(link)
    if found is None:
        raise RecipeLinkError(
            "this is no recipe link; copy it again, from the first character to the last"
        )
    version = int(found[1])
    if version > VERSION:
        raise RecipeLinkError(f"this link was made by a newer SpotAI: {newer_version(version)}")
    return read_recipe(_unpack(found[2]))


def _unpack(code: str) -> bytes:
    try:
        packed = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        unpacker = zlib.decompressobj(_RAW, zdict=_DICTIONARY)
        text = unpacker.decompress(packed[4:], LONGEST_JSON)
    except (Base64Error, zlib.error):
        raise _damaged() from None
    if unpacker.unconsumed_tail:
        raise RecipeLinkError("the recipe in this link is larger than any that SpotAI puts in one")
    # The last character holds bits that belong to no byte.
    written = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
    if not unpacker.eof or unpacker.unused_data or written != code:
        raise _damaged()
    if zlib.crc32(text) != int.from_bytes(packed[:4], "big"):
        raise _damaged()
    return text


def _damaged() -> RecipeLinkError:
    return RecipeLinkError(
        "the link was cut off or changed on its way; copy it again, from the first character to "
        "the last"
    )


def write_recipe(recipe: Recipe) -> str:
    """Return the recipe as JSON to be kept: its version, and what differs from the defaults."""
    different = recipe.model_dump(mode="json", exclude_defaults=True)
    return _json({"version": recipe.version, **different})


def read_recipe(text: bytes) -> Recipe:
    """Return the recipe of a JSON text that a link or a saved recipe holds.

    Raises RecipeLinkError for what another version wrote, and for what nobody's version writes.
    """
    try:
        return parse_json(Recipe, text, "it")
    except (InvalidFieldsError, MalformedError, TooLargeError) as error:
        raise RecipeLinkError(
            f"the recipe in this link cannot be used: {error.message.removesuffix('.')}; ask "
            "whoever made it for a new one"
        ) from None


def _json(recipe: dict[str, Any]) -> str:
    return json.dumps(_without_points(recipe), ensure_ascii=False, separators=(",", ":"))


def _without_points(value: Any) -> Any:
    """Return 128.0 as 128, and -0.0 as 0: they are equal and shorter."""
    if isinstance(value, dict):
        return {name: _without_points(part) for name, part in value.items()}
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_WHOLE:
        return int(value)
    return value
