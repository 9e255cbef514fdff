import { SEED_SONGS } from "@/api/limits";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import type { Basket } from "./basket";

interface Props {
  basket: Basket;
  onClear: () => void;
  onContinue: () => void;
}

/** How many songs are chosen to start from, and the way on. */
export function BasketBar({ basket, onClear, onContinue }: Props) {
  const { songs, leftOut } = basket;
  const count = songs.length;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface-2 p-4">
      <div className="min-w-0 grow" role="status">
        <p className="font-medium">{countOf(count, "song")} chosen</p>
        <p className="truncate text-xs text-muted">
          {count === 0
            ? "Search, drop a file or paste links"
            : count < 5
              ? "5 or more work better"
              : songs
                  .slice(-3)
                  .map((song) => song.name)
                  .join(", ")}
        </p>
        {leftOut > 0 && (
          <p className="mt-1 text-danger">
            A recipe starts from at most {countOf(SEED_SONGS, "song")}: {countOf(leftOut, "song")}{" "}
            had no room.
          </p>
        )}
      </div>
      <div className="ml-auto flex gap-2">
        {count > 0 && (
          <Button look="bare" onClick={onClear}>
            Clear
          </Button>
        )}
        <Button look="main" disabled={count === 0} onClick={onContinue}>
          Continue
        </Button>
      </div>
    </div>
  );
}
