import { useState } from "react";
import { api, asProblem } from "@/api/client";
import type { Problem } from "@/api/problem";
import { perhapsTheirs } from "@/api/problem";
import type { Feature, Profile, Recommended } from "@/api/types";
import { useSession } from "@/api/useSession";
import { Filters } from "@/features/filters/Filters";
import { KnownBox } from "@/features/known/KnownBox";
import { Facets } from "@/features/model/Facets";
import { Model } from "@/features/model/Model";
import { Player } from "@/features/player/Player";
import { ShareBox } from "@/features/recipes/ShareBox";
import { Loosenings } from "@/features/results/Loosenings";
import { Results } from "@/features/results/Results";
import { SaveBox } from "@/features/saving/SaveBox";
import type { Made } from "@/lib/keptList";
import type { Draft, Edit } from "@/lib/recipe";
import { isSame } from "@/lib/recipe";
import { useShortcuts } from "@/lib/useShortcuts";
import { Progress } from "@/ui/Progress";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";
import { Empty } from "./Empty";
import { Foot } from "./Foot";
import { SeedHeader } from "./SeedHeader";
import { focusSongs, useMaking } from "./useMaking";
import { useMatches } from "./useMatches";
import { useReading } from "./useReading";

const COLUMNS = 3;

interface Props {
  draft: Draft;
  made: Made | null;
  onMade: (made: Made) => void;
  onEdit: (edit: Edit) => void;
}

/** The editor of the recipe beside the list it makes. */
export function Console({ draft, made, onMade, onEdit }: Props) {
  const [playing, setPlaying] = useState<Recommended | null>(null);
  const seen = useProfile(draft);
  const matches = useMatches(draft);
  const making = useMaking(draft, matches, onMade);
  const playlist = useReading(draft.seed);
  const reading = playlist?.reading ?? null;
  const uncounted = seen.wordsOf(asProblem(matches.error));
  const told = [seen.problem?.kind, making.problem?.kind];

  const again = () => {
    seen.again();
    if (uncounted) void matches.refetch();
  };
  const closePlayer = () => {
    const played = document.getElementById(`play-${playing?.id}`);
    setPlaying(null);
    if (played) played.focus();
    else focusSongs();
  };
  useShortcuts({ "ctrl+enter": making.generate, ...(playing && { escape: closePlayer }) });

  return (
    <>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] pb-20 outline-none lg:min-h-0 lg:grid-cols-[420px_minmax(0,1fr)] lg:pb-0"
      >
        <section
          aria-label="Model"
          className="flex min-w-0 flex-col border-line bg-surface lg:min-h-0 lg:border-r"
        >
          <div className="relative grow px-4 py-4 lg:overflow-y-auto lg:px-5">
            <SeedHeader draft={draft} profile={seen.profile} playlist={playlist} />
            {reading && (
              <div className="mb-4 rounded-lg bg-surface-2 p-3">
                <p role="status" className="mb-1">
                  Reading this playlist from Spotify…
                </p>
                <Progress label="Playlist" {...reading} />
              </div>
            )}
            <Editor
              {...{ draft, seen, onEdit }}
              // The list that people asked for failed of the same: it is said there.
              problem={reading || making.problem?.kind === seen.problem?.kind ? null : seen.problem}
              onRetry={again}
            />
          </div>
          <Foot
            matches={matches}
            // What is said elsewhere on the page is not said twice.
            problem={reading || told.includes(uncounted?.kind) ? null : uncounted}
            size={draft.size}
            making={making.pending}
            raised={playing !== null}
            onSize={(size) => onEdit({ type: "turn", change: { size } })}
            onGenerate={making.generate}
          />
        </section>
        <section
          id="result"
          tabIndex={-1}
          aria-label="Songs"
          className="relative grid min-h-[60dvh] min-w-0 scroll-mt-4 lg:min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-3 px-4 py-4 outline-none lg:overflow-y-auto lg:px-6"
        >
          {making.problem && (
            <Trouble
              kept
              problem={making.problem}
              onRetry={() => {
                making.again();
                again();
              }}
            />
          )}
          <Songs {...{ draft, made, seen, matches, making, onEdit }} onPlay={setPlaying} />
        </section>
      </main>
      {playing && <Player song={playing} onClose={closePlayer} />}
    </>
  );
}

type Seen = ReturnType<typeof useProfile>;

/** What the server tells of the features and of the songs to start from. */
function useProfile({ seed, facet }: Draft) {
  const features = api.useQuery("get", "/api/features", {}, { staleTime: Infinity });
  const profile = api.useQuery(
    "post",
    "/api/profiles",
    { body: { seed, facet } },
    {
      // The moods stay in place, and the focus on them, while the profile of one is on its way.
      placeholderData: (before, query) =>
        isSame(query?.queryKey[2]?.body.seed ?? null, seed) ? before : undefined,
    },
  );
  const session = useSession();
  const asked = session?.kind === "guest" && session.login !== null;
  const wordsOf = (problem: Problem | null) => (asked ? perhapsTheirs(problem) : problem);
  return {
    features: features.data?.features,
    profile: profile.data,
    problem: asProblem(features.error) ?? wordsOf(asProblem(profile.error)),
    wordsOf,
    again: () => {
      if (features.error) void features.refetch();
      if (profile.error) void profile.refetch();
    },
  };
}

interface EditorProps {
  draft: Draft;
  seen: Seen;
  /** Why the model is not there, where nothing else says it. */
  problem: Problem | null;
  onEdit: (edit: Edit) => void;
  onRetry: () => void;
}

function Editor({ draft, seen, problem, onEdit, onRetry }: EditorProps) {
  const { features, profile } = seen;
  const loading = !seen.problem && !(features && profile);
  return (
    <>
      {problem && <Trouble kept problem={problem} onRetry={onRetry} />}
      {loading && <Skeleton lines={8} label="Loading the profile" />}
      {profile && (profile.facets.length > 0 || draft.facet !== null) && (
        <Facets
          facets={profile.facets}
          chosen={draft.facet}
          onChoose={(facet) => onEdit({ type: "turn", change: { facet } })}
        />
      )}
      {!seen.problem && features && profile && (
        <Model
          features={features}
          profile={profile}
          settings={draft.settings}
          onChange={(feature, change) => onEdit({ type: "set", feature, change })}
          onReset={(feature) => onEdit({ type: "reset", feature })}
        />
      )}
      <Filters draft={draft} onTurn={(change) => onEdit({ type: "turn", change })} />
      <KnownBox
        variety={draft.variety}
        onTurn={(variety) => onEdit({ type: "turn", change: { variety } })}
      />
      <ShareBox draft={draft} />
    </>
  );
}

interface SongsProps extends Pick<Props, "draft" | "made" | "onEdit"> {
  seen: Seen;
  matches: ReturnType<typeof useMatches>;
  making: ReturnType<typeof useMaking>;
  onPlay: (song: Recommended) => void;
}

function Songs({ draft, made, seen, matches, making, onEdit, onPlay }: SongsProps) {
  const { features, profile } = seen;
  // Other songs to start from: their list is not this one.
  const list = made && isSame(made.draft.seed, draft.seed) ? made : null;
  const stale = list !== null && !isSame(list.draft, draft);
  const short = list && !stale && list.answer.tracks.length < draft.size ? list.answer : null;
  const found = short ?? (matches.error ? undefined : matches.data);
  return (
    <>
      {found && (
        <Loosenings
          found={found}
          listed={short && short.tracks.length}
          size={draft.size}
          onLoosen={(changes) => {
            onEdit({ type: "loosen", changes });
            focusSongs();
          }}
        />
      )}
      {list && features ? (
        <Results
          name={list.draft.name}
          answer={list.answer}
          features={features}
          columns={columnsOf(features, profile)}
          stale={stale}
          onPlay={onPlay}
        >
          <SaveBox made={list} features={features} />
        </Results>
      ) : (
        !making.problem && <NoSongs making={making.pending} waiting={list !== null} seen={seen} />
      )}
    </>
  );
}

interface NoSongsProps {
  making: boolean;
  /** There is a list, and nothing to show it with. */
  waiting: boolean;
  seen: Seen;
}

function NoSongs({ making, waiting, seen }: NoSongsProps) {
  if (making) return <Skeleton lines={8} label="Looking for songs" />;
  if (!waiting) return <Empty />;
  return seen.problem ? null : <Skeleton lines={8} label="Loading the songs" />;
}

/** The features that tell most about the playlist are worth a column. */
function columnsOf(features: readonly Feature[], profile: Profile | undefined): Feature[] {
  const telling = profile?.features.slice(0, COLUMNS).map((each) => each.feature) ?? [];
  return features.filter((feature) => telling.includes(feature.name));
}
