"""The distances there can be, where they are few: when all that counts are choices.

Key, mode and time signature take a handful of values, so a question about them alone has a few
hundred distances, and thousands of songs at each. Once k songs are held, songs with larger ids have
to be nearer by a whole level: without that, every song as far away as the k-th had to be compared.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from spotai.features import FEATURE_OF_AXIS
from spotai.search.generation import Generation
from spotai.search.query import Query
from spotai.search.scan import distances_from


def distance_levels(generation: Generation, query: Query) -> NDArray[np.float64]:
    """Return all distances that a song may have, ascending; none where more than choices count."""
    features = list(dict.fromkeys(FEATURE_OF_AXIS[axis] for axis in query.weighted))
    if not all(feature.choices for feature in features):
        return np.empty(0)
    # Each feature's choices, and that its value is not known.
    songs = np.array(list(product(*([*feature.choices, np.nan] for feature in features))))

    def values(axis: str) -> NDArray[np.float64]:
        found: NDArray[np.float64] = songs[:, features.index(FEATURE_OF_AXIS[axis])]
        return found

    return np.unique(
        distances_from(
            query,
            len(songs),
            lambda axis: generation.maps[axis].coordinates_of(values(axis)),
            lambda axis: np.isnan(values(axis)),
        )
    )
