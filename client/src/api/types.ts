import type { components } from "./schema";

type Schemas = components["schemas"];

export type Feature = Schemas["FeatureAnswer"];
export type Facet = Schemas["FacetAnswer"];
// Tuples of the spec come out of a call as arrays; nothing here reads the quartiles.
export type FeatureProfile = Omit<Schemas["FeatureProfileAnswer"], "quartiles">;
export type Histogram = NonNullable<FeatureProfile["histogram"]>;
export type Share = NonNullable<FeatureProfile["shares"]>[number];
export type Profile = Omit<Schemas["ProfileAnswer"], "features"> & { features: FeatureProfile[] };
export type Recipe = Schemas["Recipe"];
export type Filters = Schemas["Filters"];
export type Variety = Schemas["Variety"];
export type SavedRecipe = Schemas["SavedRecipeAnswer"];
export type KnownAdded = Schemas["KnownAddedAnswer"];
export type Seed = Schemas["Seed"];
export type Track = Schemas["TrackAnswer"];
export type FoundTrack = Schemas["FoundTrackAnswer"];
export type Imported = Schemas["ImportAnswer"];
export type PlaylistSummary = Schemas["PlaylistSummaryAnswer"];
export type PlaylistPage = Schemas["PlaylistsAnswer"];
export type Recommended = Schemas["RecommendedAnswer"];
export type Recommendation = Schemas["RecommendationAnswer"];
export type Matches = Schemas["MatchesAnswer"];
export type Loosening = Schemas["LooseningAnswer"];
export type Change = Schemas["ChangeAnswer"];
export type Biting = Schemas["BitingAnswer"];
export type Reason = Schemas["ReasonAnswer"];
export type OrderToSave = Schemas["PlaylistToSave"];
export type SavedPlaylist = Schemas["SavedPlaylistAnswer"];
export type OpenedPlaylist = Schemas["PlaylistAnswer"];
export type KnownBySpotify = Schemas["KnownBySpotifyAnswer"];
