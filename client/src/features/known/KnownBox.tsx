import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, asProblem, client } from "@/api/client";
import type { KnownAdded, Variety } from "@/api/types";
import { LARGEST_FILE, uploadOf } from "@/api/upload";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Trouble";

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
  const known = api.useQuery("get", "/api/known", {});
  const adding = useMutation({ mutationFn: add, onSuccess });
  const forgetting = api.useMutation("delete", "/api/known", { onSuccess });
  const problem = asProblem(adding.error) ?? asProblem(forgetting.error);
  const songs = known.data?.songs ?? 0;
  const leftOut = variety.familiar === "exclude";
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
      <p role="status" className="text-xs text-muted">
        {adding.isPending ? "Reading…" : wordsOf(songs, leftOut, adding.data)}
      </p>
      {problem && <Trouble problem={problem} />}
    </section>
  );
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
