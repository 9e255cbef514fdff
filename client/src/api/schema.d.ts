// Written by `npm run schema` from the server's OpenAPI description.

export interface paths {
    "/api/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete everything that is kept of who asks
         * @description That is the account with its tokens, sessions, recipes and known songs; of a guest, the session
         *     with what it keeps. It cannot be undone.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the fifteen song features
         * @description Name, label, unit, bounds, kind, and the words for more and less of each.
         */
        get: operations["getFeatures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match a playlist, pasted or as a file, with songs of the catalog
         * @description No link is fetched. A file, plain or gzip, comes as the one `file` of a form, or as the body
         *     under its own content type. `unmatched` says for each other piece where it stands and why it
         *     is no song.
         */
        post: operations["postImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/known": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the songs the listener is known to know; none without a session
         * @description `songs` were added here. With a Spotify login, `spotify` says what is known beside them: songs
         *     liked, played last and most, and those of own playlists. It is read once a session, and asking
         *     here begins it; until `complete` ask again.
         */
        get: operations["getKnown"];
        put?: never;
        /**
         * Add songs the listener knows, pasted or as a file, as in an import
         * @description A recipe with `variety.familiar` `exclude` leaves them out. They belong to the session, or to
         *     the account that has logged in there, which may know 30,000 songs, and go with it.
         */
        post: operations["postKnown"];
        /** Forget all songs that were added as known */
        delete: operations["deleteKnown"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a recipe as a link; nothing is saved
         * @description The link holds the recipe itself, and at most 50 seed ids: what is longer is a 422, and can be
         *     saved. The songs of a playlist on Spotify stand in it, not the playlist.
         */
        post: operations["postLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the songs a recipe leaves
         * @description The same body as for recommendations, and no list: `loosenings` where fewer match than `size`,
         *     by the songs that match with them, `biting` where none does. What versions and the artist cap
         *     keep from a list is said with the list.
         */
        post: operations["postMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the listener's playlists on Spotify, else those of the catalog
         * @description With a Spotify login `source` is `spotify`: liked songs, own playlists, then followed ones.
         *     Otherwise, and for `source=catalog`, the catalog's, the most followed first; `source` is `demo`
         *     while the catalog is made up, else `catalog`.
         */
        get: operations["getPlaylists"];
        put?: never;
        /**
         * Save songs as a playlist of the listener's on Spotify
         * @description Private unless `public`. When it is cut or refused in the middle, send the same again: it goes
         *     on from there, and neither a playlist nor a song comes twice. /login?scope=save asks for what it
         *     needs.
         */
        post: operations["postPlaylists"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playlists/{playlist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one playlist with a page of its tracks
         * @description `unknown` holds the ids of the page that cannot be searched. A listener's own playlist is read
         *     from Spotify when it has changed since it was read last; a long one behind the answer, and
         *     `reading` says how far that is.
         */
        get: operations["getPlaylist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what makes a set of songs different from the catalog
         * @description The most telling feature comes first. `centre` is the set's own value, `shown` the same for
         *     people and `standing` where it lies in the catalog; `selected` says whether the feature is
         *     ticked by default and `influence` how much of the decision it then has, in percent. `facets` are
         *     the moods of a varied set; `facet` describes the songs of one of them alone.
         */
        post: operations["postProfiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recipes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the recipes the session saved, the last changed first
         * @description None without a session.
         */
        get: operations["getRecipes"];
        put?: never;
        /**
         * Save a recipe under a name
         * @description It belongs to the session, or to the account that has logged in there, which may keep 200 of
         *     them, and goes with it. `link` holds the recipe itself, or its id where that is too long.
         */
        post: operations["postRecipes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recipes/{recipe_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a saved recipe, or the one that a link holds
         * @description Whoever has the id or the link may read it. A code that was damaged, or made by a newer
         *     version, is a 422 that says so.
         */
        get: operations["getRecipe"];
        /** Put a name and a recipe in place of what the session saved under an id */
        put: operations["putRecipe"];
        post?: never;
        /** Delete a recipe of the session; links that name its id end */
        delete: operations["deleteRecipe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find songs for a recipe, with reasons
         * @description Every field of a recipe has a default. `match` is 0 for a song like any other and 1 for a
         *     perfect one; each feature that counts gives a reason, what speaks most for the song first.
         *     `summary` compares the song with the `nearest` seed in natural units. `total_matches` counts the
         *     songs that pass everything. Where the list is shorter than `size`, for whatever reason,
         *     `loosenings` says which changes, set at their paths in the recipe, make it how long (`listed`),
         *     and `biting` what keeps songs from it. `notes` say what of the recipe changes nothing.
         */
        post: operations["postRecommendations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say who asks, and give the token that their changes need
         * @description A cookie is set when there is none or its session is over. `kind` is `spotify` while a login
         *     with Spotify lasts; `scopes` are what it allows. `login` says how one can log in at `/login`:
         *     with `spotify`, with a made-up listener (`demo`), or not at all. `account` is whether something
         *     is kept of a listener who has logged in here, also when their login at Spotify has ended.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what Spotify's dashboard needs to know of this server
         * @description And how people log in now: not at all (null) while no app of Spotify's is configured.
         */
        get: operations["getSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find songs of the catalog by words of their title and artists
         * @description The words come in any order; the last one may be unfinished. Case and accents do not matter.
         *     A song that is not `in_snapshot` lacks features: it cannot be recommended, nor recommended
         *     from.
         */
        get: operations["getTracks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks/{track_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show all the catalog knows of one song */
        get: operations["getTrack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answer while the process lives */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log a listener out
         * @description The session ends, and with the account's last one its Spotify tokens. Recipes and known songs of
         *     the account stay for the next login. A guest's session goes on.
         */
        post: operations["postLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe this API for programs
         * @description OpenAPI 3.1, with every call, limit and kind of problem; `/apidocs` shows it to people.
         */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether recommendations can be answered
         * @description That takes a snapshot and no database. `degraded` means that the database does not answer:
         *     recommendations from track ids go on, playlists have to wait.
         */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Acousticness: How sure Spotify was that the track is acoustic. */
        AcousticnessSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        AlbumAnswer: {
            name: string;
        };
        ArtistAnswer: {
            id: string;
            name: string;
        };
        /**
         * @description What holds songs back: the condition at `field` lets `passing` songs through alone.
         *
         *     The artist cap and versions: of the songs that match.
         */
        BitingAnswer: {
            field: string;
            text: string;
            passing: number;
        };
        /** @description All the catalog knows of a song; `isrc` is the code of the recording. */
        CatalogTrackAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
            album: components["schemas"]["AlbumAnswer"];
            artwork: string | null;
            release_date: string | null;
            explicit: boolean | null;
            genres: string[];
            features: {
                [key: string]: number | null;
            };
            demo: boolean;
            url: string | null;
            isrc: string | null;
            in_snapshot: boolean;
        };
        /** @description Another `value` for the recipe's field at path `field`, as a recipe takes it. */
        ChangeAnswer: {
            field: string;
            value: boolean | number | string | number[] | string[] | null;
        };
        /** @description Danceability: How well the track suits dancing: tempo, steady rhythm, beat strength. */
        DanceabilitySetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description How much was deleted. */
        DeletedAccountAnswer: {
            sessions: number;
            recipes: number;
            known_songs: number;
        };
        /** @description `deleted`: the id of what is gone. */
        DeletedAnswer: {
            deleted: string;
        };
        /** @description Duration: How long the track is, in milliseconds. */
        DurationSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description Energy: Intensity and activity: fast, loud and noisy tracks score high. */
        EnergySetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description A song by name. */
        ExampleAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
        };
        /**
         * @description One mood of a varied set, of so many `songs`; its name says what sets it apart from the
         *     others. `examples` are the songs nearest to its centre.
         */
        FacetAnswer: {
            number: number;
            name: string;
            songs: number;
            examples: components["schemas"]["ExampleAnswer"][];
        };
        /** @description One part of the request that cannot be used; `field` is its path, "" for the whole. */
        Fault: {
            field: string;
            message: string;
        };
        /** @description What one of the fifteen features is. */
        FeatureAnswer: {
            name: string;
            label: string;
            unit: string;
            description: string;
            /** @enum {string} */
            kind: "numeric" | "circular" | "category";
            minimum: number;
            maximum: number;
            integer: boolean;
            required: boolean;
            choices: {
                [key: string]: string;
            };
            axes: string[];
            more: string;
            less: string;
        };
        /**
         * @description One feature of a set of songs; `shown` is its centre as people read it.
         *
         *     `known` and `unknown` count songs. `spread` is the standard deviation of the songs on the
         *     feature's search axes, drawn towards a typical one where they are few: 1 is as varied as the
         *     catalog. `percentile` says how many percent of the catalog lie below the centre, null for key,
         *     mode and time signature; `standing` says it in words.
         *
         *     `telling` says how much the feature tells about the set, `selected` whether it is ticked by
         *     default. `distinctiveness` is what the distance to the centre counts for. `influence` says
         *     how much of what decides which songs come first lies with the feature, in percent, by the
         *     default recipe: 0 while it is not ticked.
         *
         *     `histogram` lays a numeric feature over the catalog's, `shares` the others, those of the key
         *     in the order of the circle of fifths (C, G, D and so on); null where the catalog knows no value.
         */
        FeatureProfileAnswer: {
            feature: string;
            label: string;
            available: boolean;
            known: number;
            unknown: number;
            centre: number | null;
            shown: string;
            spread: number | null;
            quartiles: [
                number,
                number,
                number
            ] | null;
            catalog_centre: number | null;
            catalog_shown: string | null;
            percentile: number | null;
            standing: string | null;
            telling: number;
            selected: boolean;
            distinctiveness: number | null;
            influence: number;
            histogram: components["schemas"]["HistogramAnswer"] | null;
            shares: components["schemas"]["ShareAnswer"][] | null;
        };
        Features: {
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            acousticness?: components["schemas"]["AcousticnessSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            danceability?: components["schemas"]["DanceabilitySetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            duration_ms?: components["schemas"]["DurationSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            energy?: components["schemas"]["EnergySetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            instrumentalness?: components["schemas"]["InstrumentalnessSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "only": null
             *     }
             */
            key?: components["schemas"]["KeySetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            liveness?: components["schemas"]["LivenessSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            loudness?: components["schemas"]["LoudnessSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "only": null
             *     }
             */
            mode?: components["schemas"]["ModeSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            speechiness?: components["schemas"]["SpeechinessSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            tempo?: components["schemas"]["TempoSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "only": null
             *     }
             */
            time_signature?: components["schemas"]["TimesignatureSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            valence?: components["schemas"]["ValenceSetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            popularity?: components["schemas"]["PopularitySetting"];
            /**
             * @default {
             *       "selected": null,
             *       "target": null,
             *       "weight": "normal",
             *       "min": null,
             *       "max": null
             *     }
             */
            release_year?: components["schemas"]["ReleaseyearSetting"];
        };
        FeaturesAnswer: {
            features: components["schemas"]["FeatureAnswer"][];
        };
        Filters: {
            /** @default null */
            explicit?: boolean | null;
            /** @default [] */
            genres?: string[];
            /** @default 0 */
            min_playlist_followers?: number;
        };
        /** @description A song of the catalog in a list; it can be recommended from when it is `in_snapshot`. */
        FoundTrackAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
            album: components["schemas"]["AlbumAnswer"];
            release_date: string | null;
            explicit: boolean | null;
            popularity: number | null;
            demo: boolean;
            url: string | null;
            in_snapshot: boolean;
        };
        HealthAnswer: {
            /**
             * @default alive
             * @constant
             */
            status?: "alive";
        };
        /**
         * @description The shares of the known values in n bins; `edges` are n + 1, in natural units.
         *
         *     A bin holds its lower edge; the first and the last also hold what lies beyond.
         */
        HistogramAnswer: {
            edges: (number)[];
            playlist: number[];
            catalog: number[];
        };
        /** @description Distinct songs in the order given; `duplicates` counts those given again. */
        ImportAnswer: {
            tracks: components["schemas"]["ImportedTrackAnswer"][];
            unmatched: components["schemas"]["UnmatchedAnswer"][];
            duplicates: number;
        };
        /** @description `text`: ids, URIs and links of tracks, one or more a line. */
        ImportRequest: {
            text: string;
        };
        /** @description A song, the `line` it was first named in, and what it was recognised by. */
        ImportedTrackAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
            album: components["schemas"]["AlbumAnswer"];
            artwork: string | null;
            release_date: string | null;
            explicit: boolean | null;
            genres: string[];
            features: {
                [key: string]: number | null;
            };
            demo: boolean;
            url: string | null;
            line: number;
            /** @enum {string} */
            matched_by: "id" | "isrc" | "title";
        };
        /** @description Instrumentalness: How likely it is that the track has no vocals. */
        InstrumentalnessSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description Key: The track's key as a pitch class: 0 is C, 1 is C♯, and so on. */
        KeySetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: (0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11) | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            only?: (0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11)[] | null;
        };
        /** @description `songs`: how many are known now; `added`: how many of those given were not before. */
        KnownAddedAnswer: {
            songs: number;
            added: number;
            unmatched: components["schemas"]["UnmatchedAnswer"][];
        };
        /** @description `songs`: how many were added as known to the listener; `spotify` with a login there. */
        KnownAnswer: {
            songs: number;
            /** @default null */
            spotify?: components["schemas"]["KnownBySpotifyAnswer"] | null;
        };
        /**
         * @description What Spotify knows that a listener knows: so many `songs`, once `complete`.
         *
         *     `done` of `total` entries of their lists are read. `lacks` are lists that the login does
         *     not cover: `liked`, `recent`, `top`. `problem` says what is in the way now.
         */
        KnownBySpotifyAnswer: {
            songs: number;
            complete: boolean;
            done: number;
            total: number;
            lacks: string[];
            problem: string | null;
        };
        /** @description `code` holds the recipe, `link` is an address of this server that opens it. */
        LinkAnswer: {
            code: string;
            link: string;
        };
        /** @description Liveness: How likely it is that an audience is heard in the recording. */
        LivenessSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description `logged_out` is false for a guest. */
        LoggedOutAnswer: {
            logged_out: boolean;
        };
        /**
         * @description `changes` of the recipe with which exactly `gain` more songs match, `matches` in all.
         *
         *     The list then has exactly `listed` songs; null in a count, which makes no list. `cost` says
         *     how far the recipe gives way, in standard deviations of the catalog.
         */
        LooseningAnswer: {
            changes: components["schemas"]["ChangeAnswer"][];
            text: string;
            gain: number;
            matches: number;
            listed: number | null;
            cost: number;
        };
        /** @description Loudness: Average loudness in decibels below full scale. */
        LoudnessSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /**
         * @description How many songs a recipe leaves; nothing is said of versions and the artist cap.
         *
         *     `loosenings` where these are fewer than `size`, `biting` where there are none.
         */
        MatchesAnswer: {
            total_matches: number;
            generation: number;
            loosenings: components["schemas"]["LooseningAnswer"][];
            biting: components["schemas"]["BitingAnswer"][];
        };
        /** @description Mode: Whether the track's melody is in a major or a minor scale. */
        ModeSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: (0 | 1) | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            only?: (0 | 1)[] | null;
        };
        /** @description The seed a song is nearest to. */
        NearestAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
        };
        /** @description An OpenAPI 3.1 document. */
        OpenApiAnswer: {
            [key: string]: unknown;
        };
        /**
         * @description A recipe with every field. `saved` says what it is saved as, null where it is a code.
         *
         *     `start` names what it starts from; that is made up where `demo` is true.
         */
        OpenedRecipeAnswer: {
            recipe: components["schemas"]["Recipe"];
            saved: components["schemas"]["SavedRecipeAnswer"] | null;
            start: string;
            demo: boolean;
        };
        /**
         * @description A playlist with one page of its tracks.
         *
         *     `total` counts all entries, `unknown` holds the ids of this page that the snapshot has not.
         *     Of one on Spotify `unmatched` says of each entry of this page that is no song we can use why,
         *     and `skipped` how many there are in all. `reading` is null once it is read to its end: until
         *     then ask again, and `tracks` are those read so far, or those of the older state.
         */
        PlaylistAnswer: {
            id: string;
            name: string;
            description: string;
            followers: number;
            /** @enum {string} */
            source: "demo" | "catalog" | "spotify";
            tracks: components["schemas"]["TrackAnswer"][];
            unknown: string[];
            total: number;
            limit: number;
            offset: number;
            /** @default null */
            owner?: string | null;
            /** @default false */
            own?: boolean;
            /** @default null */
            artwork?: string | null;
            /** @default [] */
            unmatched?: components["schemas"]["UnmatchedAnswer"][];
            /** @default null */
            skipped?: components["schemas"]["SkippedAnswer"] | null;
            /** @default null */
            reading?: components["schemas"]["ReadingAnswer"] | null;
        };
        /**
         * @description A playlist in a list; `tracks` is their number, `followers` 0 where not known.
         *
         *     Of one on Spotify: `owner` by name, and `own` when that is who asks. `unreadable` says why
         *     its songs cannot be read: `followed`, as Spotify lets only its owner and collaborators read
         *     it; `scope`, as the login does not cover it: /login?scope=known asks for that.
         *     `made_here`: it was saved from here, and can be replaced by another save.
         */
        PlaylistSummaryAnswer: {
            id: string;
            name: string;
            description: string;
            followers: number;
            tracks: number;
            /** @default null */
            owner?: string | null;
            /** @default false */
            own?: boolean;
            /** @default null */
            unreadable?: ("followed" | "scope") | null;
            /** @default false */
            made_here?: boolean;
            /** @default null */
            artwork?: string | null;
        };
        /**
         * @description A list to save. `key` is made up by who asks, another one for each save: the same request
         *     under the same key is done once, however often it is sent, and another one is refused.
         *
         *     `mode`: `create` makes a playlist; `replace` puts the songs in place of those of one that
         *     was saved here, `append` at the end of one. `link`, as `/api/links` and `/api/recipes`
         *     answer it, goes into the description.
         */
        PlaylistToSave: {
            key: string;
            name: string;
            /** @default  */
            description?: string;
            /** @default null */
            link?: string | null;
            track_ids: string[];
            /** @default false */
            public?: boolean;
            /**
             * @default create
             * @enum {string}
             */
            mode?: "create" | "replace" | "append";
            /** @default null */
            playlist_id?: string | null;
        };
        /** @description One page of playlists. `source` is `demo` while the catalog is made up. */
        PlaylistsAnswer: {
            items: components["schemas"]["PlaylistSummaryAnswer"][];
            total: number;
            limit: number;
            offset: number;
            /** @enum {string} */
            source: "demo" | "catalog" | "spotify";
        };
        /** @description Popularity: Spotify's popularity score when the data set was taken; 0 is a real value. */
        PopularitySetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description What every error answers. `type` is stable; `request_id` finds it in the log. */
        Problem: {
            /** @enum {string} */
            type: "/problems/busy" | "/problems/csrf" | "/problems/damaged-snapshot" | "/problems/database-unavailable" | "/problems/expectation-failed" | "/problems/headers-too-large" | "/problems/internal" | "/problems/invalid-feature-value" | "/problems/invalid-input" | "/problems/invalid-query" | "/problems/invalid-recipe" | "/problems/invalid-recipe-link" | "/problems/login-attempt" | "/problems/malformed-request" | "/problems/method-not-allowed" | "/problems/misconfigured" | "/problems/misdirected-request" | "/problems/no-known-tracks" | "/problems/not-found" | "/problems/not-implemented" | "/problems/precondition-failed" | "/problems/range-not-satisfiable" | "/problems/session-expired" | "/problems/snapshot-busy" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed" | "/problems/spotify-quota" | "/problems/spotify-refused" | "/problems/spotify-unavailable" | "/problems/starting" | "/problems/still-reading" | "/problems/too-large" | "/problems/too-many-requests" | "/problems/unavailable" | "/problems/unreadable-file" | "/problems/unsupported-media-type" | "/problems/uri-too-long";
            title: string;
            status: number;
            detail: string;
            request_id: string;
            /** @default [] */
            errors?: components["schemas"]["Fault"][];
        };
        /**
         * @description The profile of `songs` distinct songs, the most telling feature first.
         *
         *     `facet` is the one that was asked for; `facets` and `unknown` are those of the whole set.
         */
        ProfileAnswer: {
            songs: number;
            facet: number | null;
            facets: components["schemas"]["FacetAnswer"][];
            unknown: components["schemas"]["UnknownSongAnswer"][];
            generation: number;
            features: components["schemas"]["FeatureProfileAnswer"][];
        };
        /** @description `seed` as in a recipe: a playlist id or track ids. `facet` profiles one facet alone. */
        ProfileRequest: {
            seed: components["schemas"]["Seed"];
            /** @default null */
            facet?: number | null;
        };
        /** @description `degraded`: recommendations go on from track ids, playlists wait for the database. */
        ReadinessAnswer: {
            /** @enum {string} */
            status: "ready" | "degraded";
            generation: number;
            songs: number;
            /** @enum {string} */
            database: "reachable" | "unreachable";
        };
        /** @description How far a playlist is read from Spotify: `done` of `total` entries. */
        ReadingAnswer: {
            done: number;
            total: number;
        };
        /** @description One feature's part in a song's place; `contribution` is a distance, positive is for it. */
        ReasonAnswer: {
            feature: string;
            value: number | null;
            aim: number | null;
            contribution: number;
            text: string;
        };
        /** @description Everything the listener decides of a result. Every field has a default. */
        Recipe: {
            /**
             * @default 1
             * @constant
             */
            version?: 1;
            /**
             * @default {
             *       "playlist_id": null,
             *       "track_ids": []
             *     }
             */
            seed?: components["schemas"]["Seed"];
            /**
             * @default {
             *       "acousticness": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "danceability": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "duration_ms": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "energy": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "instrumentalness": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "key": {
             *         "only": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "liveness": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "loudness": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "mode": {
             *         "only": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "speechiness": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "tempo": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "time_signature": {
             *         "only": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "valence": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "popularity": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       },
             *       "release_year": {
             *         "max": null,
             *         "min": null,
             *         "selected": null,
             *         "target": null,
             *         "weight": "normal"
             *       }
             *     }
             */
            features?: components["schemas"]["Features"];
            /** @default 30 */
            size?: number;
            /** @default 1 */
            contrast?: number;
            /** @default 0 */
            strictness?: number;
            /** @default false */
            tempo_octaves?: boolean;
            /** @default null */
            facet?: number | null;
            /**
             * @default {
             *       "explicit": null,
             *       "genres": [],
             *       "min_playlist_followers": 0
             *     }
             */
            filters?: components["schemas"]["Filters"];
            /**
             * @default {
             *       "artist_cap": null,
             *       "one_version_per_song": true,
             *       "spread": 0,
             *       "familiar": "allow",
             *       "random_seed": null
             *     }
             */
            variety?: components["schemas"]["Variety"];
            /**
             * @default closest
             * @enum {string}
             */
            order?: "closest" | "smooth" | "rising" | "falling" | "wave";
            /** @default [] */
            pins?: string[];
            /** @default [] */
            bans?: string[];
        };
        /** @description `name` is for people; several recipes may have the same. */
        RecipeToSave: {
            name: string;
            recipe: components["schemas"]["Recipe"];
        };
        /**
         * @description `total_matches`: songs that pass everything, before versions and the artist cap.
         *
         *     Where there are fewer `tracks` than `size`, `loosenings` say what brings more to the list,
         *     and `biting` what keeps songs from it. `notes`: a sentence for each part of the recipe that
         *     changes nothing.
         */
        RecommendationAnswer: {
            tracks: components["schemas"]["RecommendedAnswer"][];
            total_matches: number;
            generation: number;
            loosenings: components["schemas"]["LooseningAnswer"][];
            biting: components["schemas"]["BitingAnswer"][];
            notes: string[];
            seeds: components["schemas"]["SeedsAnswer"];
        };
        /**
         * @description A song of the list. `fails`: recipe fields a pinned song is listed in spite of.
         *
         *     `match` is the share of the way from a typical song of the catalog, 0, to a perfect one, 1.
         *     `summary` says in a few words what the song is beside the `nearest` seed; without seeds,
         *     beside the aims.
         */
        RecommendedAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
            album: components["schemas"]["AlbumAnswer"];
            artwork: string | null;
            release_date: string | null;
            explicit: boolean | null;
            genres: string[];
            features: {
                [key: string]: number | null;
            };
            demo: boolean;
            url: string | null;
            match: number;
            distance: number;
            nearest: components["schemas"]["NearestAnswer"] | null;
            summary: string;
            pinned: boolean;
            fails: string[];
            reasons: components["schemas"]["ReasonAnswer"][];
        };
        /** @description Release year: The year the album came out. */
        ReleaseyearSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /**
         * @description A saved playlist: its id, how many songs were saved, and where it is to be heard.
         *
         *     `url` is null at the stand-in for Spotify.
         */
        SavedPlaylistAnswer: {
            id: string;
            name: string;
            songs: number;
            url: string | null;
        };
        /** @description A saved recipe; times are in unix seconds. `link` opens it on this server. */
        SavedRecipeAnswer: {
            id: string;
            name: string;
            link: string;
            created: number;
            updated: number;
        };
        /** @description One page of the session's own recipes, the last changed first. */
        SavedRecipesAnswer: {
            items: components["schemas"]["SavedRecipeAnswer"][];
            total: number;
            limit: number;
            offset: number;
        };
        /** @description Where the profile comes from: a playlist, or tracks; neither means "from my aims alone". */
        Seed: {
            /** @default null */
            playlist_id?: string | null;
            /** @default [] */
            track_ids?: string[];
        };
        /** @description How many seeds could be used, and the ids of those that could not. */
        SeedsAnswer: {
            known: number;
            unknown: string[];
        };
        /** @description Who asks. `csrf_token` goes with every change; `expires` is in unix seconds. */
        SessionAnswer: {
            /** @enum {string} */
            kind: "guest" | "spotify";
            name: string | null;
            scopes: string[];
            login: ("spotify" | "demo") | null;
            account: boolean;
            csrf_token: string;
            expires: number;
        };
        /**
         * @description `redirect_uri`: where Spotify sends people back to, to the letter. `login`: how they log
         *     in now; null while no Spotify app is configured.
         */
        SetupAnswer: {
            redirect_uri: string;
            login: ("spotify" | "demo") | null;
        };
        /** @description The shares of the known values that are `value`. */
        ShareAnswer: {
            value: number;
            playlist: number;
            catalog: number;
        };
        /**
         * @description How many entries are no songs to start from: files of the listener's own, episodes, what
         *     Spotify has removed, songs that come again, and songs that the catalog cannot search.
         */
        SkippedAnswer: {
            local: number;
            episode: number;
            removed: number;
            duplicate: number;
            unknown: number;
        };
        /** @description Speechiness: How much of the track is spoken words. */
        SpeechinessSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description Tempo: Estimated tempo in beats per minute. */
        TempoSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        /** @description Time signature: Beats in a bar; the search asks whether it is four. */
        TimesignatureSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: (1 | 3 | 4 | 5 | 6 | 7) | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            only?: (1 | 3 | 4 | 5 | 6 | 7)[] | null;
        };
        /** @description A song of the snapshot. `demo` songs are made up and have no `url`. */
        TrackAnswer: {
            id: string;
            name: string;
            artists: components["schemas"]["ArtistAnswer"][];
            album: components["schemas"]["AlbumAnswer"];
            artwork: string | null;
            release_date: string | null;
            explicit: boolean | null;
            genres: string[];
            features: {
                [key: string]: number | null;
            };
            demo: boolean;
            url: string | null;
        };
        /** @description One page of songs, best match first, and whether there are more. */
        TracksAnswer: {
            items: components["schemas"]["FoundTrackAnswer"][];
            more: boolean;
        };
        /**
         * @description A song that cannot be used, and why; `text` says it to people.
         *
         *     `reason` is `not_in_catalog`; `values_missing`, with the features that a search needs and
         *     nobody knows of it; `not_in_snapshot` for a song that came to the catalog after the snapshot;
         *     or `not_searchable` while the catalog cannot be asked.
         */
        UnknownSongAnswer: {
            id: string;
            /** @enum {string} */
            reason: "not_in_catalog" | "values_missing" | "not_in_snapshot" | "not_searchable";
            missing: string[];
            text: string;
        };
        /** @description A part of `line` (from 1) that is no song we can use, and why. */
        UnmatchedAnswer: {
            line: number;
            text: string;
            reason: string;
        };
        /** @description Valence: How positive the track sounds: high is cheerful, low is sad or angry. */
        ValenceSetting: {
            /** @default null */
            selected?: boolean | null;
            /** @default null */
            target?: number | null;
            /**
             * @default normal
             * @enum {string}
             */
            weight?: "off" | "low" | "normal" | "high";
            /** @default null */
            min?: number | null;
            /** @default null */
            max?: number | null;
        };
        Variety: {
            /** @default null */
            artist_cap?: number | null;
            /** @default true */
            one_version_per_song?: boolean;
            /** @default 0 */
            spread?: number;
            /**
             * @default allow
             * @enum {string}
             */
            familiar?: "allow" | "exclude";
            /** @default null */
            random_seed?: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Finds the answer in the server's log. */
        "X-Request-ID": string;
        /** @description Seconds to wait before asking again. */
        "Retry-After": number;
        /**
         * @description How many more requests there may be (r), and in how many seconds the count begins anew (t).
         * @example "reads";r=599;t=60
         */
        RateLimit: string;
        /**
         * @description How many requests there may be (q) in how many seconds (w).
         * @example "reads";q=600;w=60
         */
        "RateLimit-Policy": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much was deleted. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedAccountAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getFeatures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the fifteen song features */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeaturesAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postImports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. A file holds at most 10 MiB, and 50 MiB unpacked. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/plain": string;
                "text/csv": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Distinct songs in the order given; `duplicates` counts those given again. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/unreadable-file";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/busy" | "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getKnown: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `songs`: how many were added as known to the listener; `spotify` with a login there. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Spotify does not allow this */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postKnown: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. A file holds at most 10 MiB, and 50 MiB unpacked. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
                "text/plain": string;
                "text/csv": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description `songs`: how many are known now; `added`: how many of those given were not before. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownAddedAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/unreadable-file";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/busy" | "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteKnown: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `songs`: how many were added as known to the listener; `spotify` with a login there. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KnownAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postLinks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Recipe"];
            };
        };
        responses: {
            /** @description `code` holds the recipe, `link` is an address of this server that opens it. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postMatches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Recipe"];
            };
        };
        responses: {
            /** @description How many songs a recipe leaves; nothing is said of versions and the artist cap. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchesAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe" | "/problems/no-known-tracks";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlaylists: {
        parameters: {
            query?: {
                /** @example 3 */
                limit?: number;
                /** @example 0 */
                offset?: number;
                source?: ("catalog" | "spotify") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of playlists. `source` is `demo` while the catalog is made up. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistsAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Spotify does not allow this */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The input cannot be used */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postPlaylists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaylistToSave"];
            };
        };
        responses: {
            /** @description A saved playlist: its id, how many songs were saved, and where it is to be heard. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPlaylistAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The input cannot be used */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/busy" | "/problems/database-unavailable" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlaylist: {
        parameters: {
            query?: {
                /** @example 2 */
                limit?: number;
                /** @example 0 */
                offset?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a playlist of the list; `liked` are a listener's liked songs.
                 * @example demoplaylist0000000003
                 */
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A playlist with one page of its tracks. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaylistAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Spotify does not allow this */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The input cannot be used */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileRequest"];
            };
        };
        responses: {
            /** @description The profile of `songs` distinct songs, the most telling feature first. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe" | "/problems/no-known-tracks";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecipes: {
        parameters: {
            query?: {
                /** @example 10 */
                limit?: number;
                /** @example 0 */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the session's own recipes, the last changed first. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedRecipesAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The input cannot be used */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postRecipes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipeToSave"];
            };
        };
        responses: {
            /** @description A saved recipe; times are in unix seconds. `link` opens it on this server. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedRecipeAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a saved recipe, or the code that a link holds.
                 * @example 1.8lAKI6tG0YzwC9R8QyOL2tpaAA
                 */
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A recipe with every field. `saved` says what it is saved as, null where it is a code. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedRecipeAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description This recipe link cannot be opened */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-recipe-link";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    putRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a recipe that the session or its account saved.
                 * @example c2F2ZWQgaW4gYSBzZXNzaW
                 */
                recipe_id: string;
            };
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecipeToSave"];
            };
        };
        responses: {
            /** @description A saved recipe; times are in unix seconds. `link` opens it on this server. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedRecipeAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a recipe that the session or its account saved.
                 * @example c2F2ZWQgaW4gYSBzZXNzaW
                 */
                recipe_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `deleted`: the id of what is gone. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postRecommendations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description JSON holds at most 2 MiB. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Recipe"];
            };
        };
        responses: {
            /** @description `total_matches`: songs that pass everything, before versions and the artist cap. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired" | "/problems/spotify-login-ended" | "/problems/spotify-login-needed";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf" | "/problems/spotify-refused";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-large";
                        /** @constant */
                        status?: 413;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body has the wrong content type */
            415: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                        /** @constant */
                        status?: 415;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Not what we do */
            417: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/expectation-failed";
                        /** @constant */
                        status?: 417;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input" | "/problems/invalid-recipe" | "/problems/no-known-tracks";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The body comes in a way we do not know */
            501: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-implemented";
                        /** @constant */
                        status?: 501;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing" | "/problems/spotify-limited" | "/problems/spotify-quota" | "/problems/spotify-unavailable" | "/problems/still-reading";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who asks. `csrf_token` goes with every change; `expires` is in unix seconds. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `redirect_uri`: where Spotify sends people back to, to the letter. `login`: how they log */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getTracks: {
        parameters: {
            query: {
                /** @example love */
                q: string;
                /** @example 3 */
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of songs, best match first, and whether there are more. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TracksAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The input cannot be used */
            422: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/invalid-input";
                        /** @constant */
                        status?: 422;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a song of the catalog.
                 * @example demo000000000000000263
                 */
                track_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All the catalog knows of a song; `isrc` is the code of the recording. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogTrackAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing here */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/not-found";
                        /** @constant */
                        status?: 404;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Several kinds: `type` says which. */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable" | "/problems/snapshot-missing";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Answer while the process lives */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    postLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `logged_out` is false for a guest. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedOutAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There is no session, or it is over */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/session-expired";
                        /** @constant */
                        status?: 401;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request may come from another site */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/csrf";
                        /** @constant */
                        status?: 403;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/too-many-requests";
                        /** @constant */
                        status?: 429;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/database-unavailable";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `degraded`: recommendations go on from track ids, playlists wait for the database. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/malformed-request";
                        /** @constant */
                        status?: 400;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The address is too long */
            414: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/uri-too-long";
                        /** @constant */
                        status?: 414;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The request is for another server */
            421: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/misdirected-request";
                        /** @constant */
                        status?: 421;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description The headers are too large */
            431: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/headers-too-large";
                        /** @constant */
                        status?: 431;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side */
            500: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/internal";
                        /** @constant */
                        status?: 500;
                    } & components["schemas"]["Problem"];
                };
            };
            /** @description There are no songs to search yet */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        /** @enum {unknown} */
                        type?: "/problems/snapshot-missing";
                        /** @constant */
                        status?: 503;
                    } & components["schemas"]["Problem"];
                };
            };
        };
    };
}
