import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { api, asProblem, client } from "@/api/client";
import type { KnownAdded, KnownBySpotify, Variety } from "@/api/types";
import { LARGEST_FILE, uploadOf } from "@/api/upload";
import { mayKnow, useSession } from "@/api/useSession";
import { loginAddress } from "@/lib/login";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import { Progress } from "@/ui/Progress";
import { Trouble } from "@/ui/Trouble";

const LOOK_AGAIN_MS = 1000;

interface Props {
  variety: Required<Variety>;
  onTurn: (variety: Required<Variety>) => void;
}

/** Whether known songs are left out, and which songs those are. */
export function KnownBox({ variety, onTurn }: Props) {
  const queries = useQueryClient();
  // Lists and counts without known songs are others now.
  const onSuccess = () => {
    for (const key of [
      ["get", "/api/known"],
      ["post", "/api/matches"],
    ]) {
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  const session = useSession();
  const leftOut = variety.familiar === "exclude";
  const loggedIn = session?.kind === "spotify";
  const known = api.useQuery(
    "get",
    "/api/known",
    {},
    {
      // Asking begins to read a listener's songs from Spotify: not before they are left out.
      enabled: session === undefined || !loggedIn || leftOut,
      refetchInterval: ({ state }) => (isReading(state.data?.spotify) ? LOOK_AGAIN_MS : false),
    },
  );
  const bySpotify = known.data?.spotify ?? null;
  const read = bySpotify?.complete === true;
  const recount = useEffectEvent(() => {
    void queries.invalidateQueries({ queryKey: ["post", "/api/matches"] });
  });
  useEffect(() => {
    if (read) recount();
  }, [read]);
  const adding = useMutation({ mutationFn: add, onSuccess });
  const forgetting = api.useMutation("delete", "/api/known", { onSuccess });
  const problem = asProblem(adding.error) ?? asProblem(forgetting.error);
  const songs = known.data?.songs ?? 0;
  return (
    <section aria-label="Songs you know" className="mt-3 grid gap-2">
      <label className="flex min-h-11 items-center gap-2 lg:min-h-9">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={leftOut}
          onChange={(event) =>
            onTurn({ ...variety, familiar: event.target.checked ? "exclude" : "allow" })
          }
        />
        Leave out songs I know
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <label className="relative inline-flex min-h-11 items-center rounded-lg border border-dashed border-control px-4 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent lg:min-h-9">
          Add a file of songs you know
          <input
            type="file"
            aria-label={`Add a file of songs you know, up to ${LARGEST_FILE}`}
            className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) adding.mutate(file);
              event.target.value = ""; // so that the same file can be chosen again
            }}
          />
        </label>
        {songs > 0 && (
          <Button
            look="bare"
            onClick={(event) => {
              // This button goes when nothing is known any more.
              event.currentTarget.closest("section")?.querySelector("input")?.focus();
              forgetting.mutate({});
            }}
          >
            Forget them
          </Button>
        )}
      </div>
      {leftOut && loggedIn && bySpotify && (
        <BySpotify known={bySpotify} covered={mayKnow(session)} />
      )}
      <p role="status" className="text-xs text-muted">
        {adding.isPending ? "Reading…" : wordsOf(songs, leftOut && !loggedIn, adding.data)}
      </p>
      {problem && <Trouble problem={problem} />}
    </section>
  );
}

const LISTS = "your liked songs and those you played last and most";

/** What Spotify knows of the songs a listener knows, and the way to let it be asked for more. */
function BySpotify({ known, covered }: { known: KnownBySpotify; covered: boolean }) {
  const { complete, songs, done, total, problem } = known;
  return (
    <div className="grid gap-2 rounded-lg bg-surface-2 p-3 text-xs">
      <p role="status">
        {complete
          ? `${countOf(songs, "song")} of the catalog ${songs === 1 ? "is" : "are"} known by Spotify: from ${covered ? `your playlists, ${LISTS}` : "your playlists"}.`
          : problem
            ? problem
            : "Reading from Spotify which songs you know…"}
      </p>
      {!complete && !problem && <Progress label="Songs you know" {...{ done, total }} />}
      {!covered && (
        <p>
          <a
            href={loginAddress("known")}
            className="inline-flex min-h-11 items-center text-accent underline underline-offset-2 lg:min-h-0"
          >
            Leave out {LISTS} too
          </a>
          <span className="block text-muted">Spotify asks you once, then you are back here.</span>
        </p>
      )}
    </div>
  );
}

/** While something is in the way the server is asked no more: it says so itself. */
function isReading(known: KnownBySpotify | null | undefined): boolean {
  return known != null && !known.complete && known.problem === null;
}

function wordsOf(songs: number, leftOut: boolean, added: KnownAdded | undefined): string {
  if (added && added.added === 0 && added.unmatched.length > 0 && songs === 0) {
    return "No song of the catalog is in that file.";
  }
  if (songs === 0) return leftOut ? "No songs are known yet: add a file of them." : "";
  return `${countOf(songs, "known song")}.`;
}

async function add(file: File): Promise<KnownAdded> {
  const { data } = await client.POST("/api/known", uploadOf(file));
  return data as KnownAdded;
}
