import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import type { Chosen } from "./basket";

interface Props {
  basket: readonly Chosen[];
  onClear: () => void;
  onContinue: () => void;
}

/** How many songs are chosen to start from, and the way on. */
export function BasketBar({ basket, onClear, onContinue }: Props) {
  const count = basket.length;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line bg-surface-2 p-4">
      <div className="min-w-0 grow" role="status">
        <p className="font-medium">{countOf(count, "song")} chosen</p>
        <p className="truncate text-xs text-muted">
          {count === 0
            ? "Search, drop a file or paste links"
            : count < 5
              ? "5 or more work better"
              : basket
                  .slice(-3)
                  .map((song) => song.name)
                  .join(", ")}
        </p>
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
