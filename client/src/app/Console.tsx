import { useEffect, useRef, useState } from "react";
import { api, asProblem } from "@/api/client";
import type { Feature, Profile, Recommendation, Recommended } from "@/api/types";
import { Filters } from "@/features/filters/Filters";
import { Model } from "@/features/model/Model";
import { Player } from "@/features/player/Player";
import { Loosenings } from "@/features/results/Loosenings";
import { Results } from "@/features/results/Results";
import type { Draft, Edit } from "@/lib/recipe";
import { recipeOf } from "@/lib/recipe";
import { goTo } from "@/lib/route";
import { useShortcuts } from "@/lib/useShortcuts";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";
import { Foot } from "./Foot";
import { useMatches } from "./useMatches";

const COLUMNS = 3;

interface Props {
  draft: Draft;
  made: Made | null;
  onMade: (made: Made) => void;
  onEdit: (edit: Edit) => void;
}

/** A list, and the recipe it came from. */
export interface Made {
  answer: Recommendation;
  draft: Draft;
}

/** The editor of the recipe beside the list it makes. */
export function Console({ draft, made, onMade, onEdit }: Props) {
  const features = api.useQuery("get", "/api/features", {}, { staleTime: Infinity });
  const profile = api.useQuery("post", "/api/profiles", { body: { seed: draft.seed } });
  const matches = useMatches(draft);
  const [playing, setPlaying] = useState<Recommended | null>(null);
  const making = api.useMutation("post", "/api/recommendations");
  // Known at once, unlike `isPending`: a second press comes before the next drawing.
  const busy = useRef(false);

  const generate = () => {
    if (busy.current || matches.data?.total_matches === 0) return;
    busy.current = true;
    making.mutate(
      { body: recipeOf(draft) },
      {
        onSuccess: (answer) => onMade({ answer, draft }),
        onSettled: () => {
          busy.current = false;
        },
      },
    );
  };
  // Below the editor on narrow screens: go where the songs are, or why there are none.
  useEffect(() => {
    if (making.isIdle || making.isPending) return;
    focusSongs();
    document.getElementById("result")?.scrollIntoView();
  }, [making.isIdle, making.isPending]);

  const closePlayer = () => {
    const played = document.getElementById(`play-${playing?.id}`);
    setPlaying(null);
    if (played) played.focus();
    else focusSongs();
  };
  useShortcuts({
    "ctrl+enter": generate,
    ...(playing && { escape: closePlayer }),
  });

  const told = features.data?.features;
  const trouble = asProblem(features.error) ?? asProblem(profile.error);
  const again = () => {
    if (features.error) void features.refetch();
    if (profile.error) void profile.refetch();
    if (matches.error) void matches.refetch();
  };
  const failed = asProblem(making.error);
  // Other songs to start from: their list is not this one.
  const list = made?.draft.seed === draft.seed ? made : null;

  return (
    <>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] outline-none lg:min-h-0 lg:grid-cols-[420px_minmax(0,1fr)]"
      >
        <section
          aria-label="Model"
          className="flex min-w-0 flex-col border-line bg-surface lg:min-h-0 lg:border-r"
        >
          <div className="relative grow px-4 py-4 lg:overflow-y-auto lg:px-5">
            <SeedHeader draft={draft} profile={profile.data} />
            {trouble && <Trouble problem={trouble} onRetry={again} />}
            {!trouble && told && profile.data ? (
              <Model
                features={told}
                profile={profile.data}
                settings={draft.settings}
                onChange={(feature, change) => onEdit({ type: "set", feature, change })}
                onReset={(feature) => onEdit({ type: "reset", feature })}
              />
            ) : (
              !trouble && <Skeleton lines={8} label="Loading the profile" />
            )}
            <Filters draft={draft} onTurn={(change) => onEdit({ type: "turn", change })} />
          </div>
          <Foot
            matches={matches}
            size={draft.size}
            making={making.isPending}
            raised={playing !== null}
            onSize={(size) => onEdit({ type: "turn", change: { size } })}
            onGenerate={generate}
          />
        </section>
        <section
          id="result"
          tabIndex={-1}
          aria-label="Songs"
          className="relative grid min-h-[60dvh] min-w-0 scroll-mt-4 lg:min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-3 px-4 py-4 outline-none lg:overflow-y-auto lg:px-6"
        >
          {failed && <Trouble problem={failed} onRetry={generate} />}
          {matches.data && !matches.error && (
            <Loosenings
              total={matches.data.total_matches}
              size={draft.size}
              loosenings={matches.data.loosenings}
              onLoosen={(field) => {
                onEdit({ type: "loosen", field });
                focusSongs();
              }}
            />
          )}
          {list && told ? (
            <Results
              name={list.draft.name}
              answer={list.answer}
              features={told}
              columns={columnsOf(told, profile.data)}
              stale={list.draft !== draft}
              onPlay={setPlaying}
            />
          ) : (
            !failed && <Empty making={making.isPending} />
          )}
        </section>
      </main>
      {playing && <Player song={playing} onClose={closePlayer} />}
    </>
  );
}

function focusSongs(): void {
  document.getElementById("result")?.focus();
}

function SeedHeader({ draft, profile }: { draft: Draft; profile: Profile | undefined }) {
  return (
    <div className="mb-4 flex items-center justify-between gap-3">
      <div className="min-w-0">
        <h1
          tabIndex={-1}
          className="truncate text-xl font-semibold outline-none"
          title={draft.name}
        >
          <bdi>{draft.name}</bdi>
        </h1>
        <p className="text-xs text-muted">
          {profile ? countOf(profile.songs, "song") : "…"}
          {profile && profile.unknown.length > 0 && `, ${profile.unknown.length} more not known`}
          {draft.demo && ", made up"}
        </p>
      </div>
      <Button look="bare" className="-mr-4" onClick={() => goTo("/")}>
        Change
      </Button>
    </div>
  );
}

function Empty({ making }: { making: boolean }) {
  if (making) return <Skeleton lines={8} label="Looking for songs" />;
  return (
    <div className="rounded-lg border border-dashed border-control p-6 text-muted">
      <p className="font-semibold text-text">No list yet</p>
      <p className="mt-1">
        Change what you like on the model, or nothing at all, and press Generate (Ctrl+Enter). Each
        song comes with its reasons.
      </p>
    </div>
  );
}

/** The features that tell most about the playlist are worth a column. */
function columnsOf(features: readonly Feature[], profile: Profile | undefined): Feature[] {
  const telling = profile?.features.slice(0, COLUMNS).map((seen) => seen.feature) ?? [];
  return features.filter((feature) => telling.includes(feature.name));
}
