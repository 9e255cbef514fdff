// Written by `npm run schema` from the server's OpenAPI description.

export const FILE_BYTES = 10485760;
export const LIST_SONGS = 500;
export const SEED_SONGS = 10000;
export const SEARCH_CHARACTERS = 200;
export const NAME_CHARACTERS = 100;
export const KNOBS = {
  "size": {
    "start": 30,
    "minimum": 1,
    "maximum": 500
  },
  "contrast": {
    "start": 1,
    "minimum": 0,
    "maximum": 1
  },
  "strictness": {
    "start": 0,
    "minimum": 0,
    "maximum": 1
  }
};
export const FILTERS = {
  "explicit": null,
  "genres": [],
  "min_playlist_followers": 0
};
export const VARIETY = {
  "artist_cap": null,
  "one_version_per_song": true,
  "spread": 0,
  "familiar": "allow",
  "random_seed": null
};
export const FEATURE_NAMES = [
  "acousticness",
  "danceability",
  "duration_ms",
  "energy",
  "instrumentalness",
  "key",
  "liveness",
  "loudness",
  "mode",
  "speechiness",
  "tempo",
  "time_signature",
  "valence",
  "popularity",
  "release_year"
] as const;
