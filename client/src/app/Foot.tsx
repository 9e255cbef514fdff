import { asProblem } from "@/api/client";
import { LIST_SONGS } from "@/api/limits";
import { Button } from "@/ui/Button";
import { NumberBox } from "@/ui/NumberBox";
import { Trouble } from "@/ui/Trouble";
import type { useMatches } from "./useMatches";

interface Props {
  matches: ReturnType<typeof useMatches>;
  size: number;
  making: boolean;
  /** The player has the bottom of narrow screens. */
  raised: boolean;
  onSize: (size: number) => void;
  onGenerate: () => void;
}

/** Always in sight: how many songs match, how many are wanted, and Generate. */
export function Foot({ matches, size, making, raised, onSize, onGenerate }: Props) {
  const problem = asProblem(matches.error);
  const total = matches.data?.total_matches;
  return (
    <div
      className={`sticky z-10 border-t border-line bg-surface px-4 py-3 lg:px-5 ${raised ? "bottom-24 lg:bottom-0" : "bottom-0"}`}
    >
      {problem && (
        <div className="mb-3">
          <Trouble problem={problem} onRetry={() => void matches.refetch()} />
        </div>
      )}
      <div className="flex items-center gap-2">
        <p className="min-w-0 grow" role="status" aria-busy={matches.counting}>
          <strong className={`block text-xl font-semibold ${total === 0 ? "text-danger" : ""}`}>
            {problem || total === undefined ? "…" : total.toLocaleString("en")}
          </strong>
          <span className="text-xs text-muted">
            {matches.counting ? "counting…" : problem ? "not counted" : "songs match"}
          </span>
        </p>
        <NumberBox
          label={`Songs in the list, 1 to ${LIST_SONGS}`}
          shown={String(size)}
          onWrite={(text) => {
            const value = Number(text);
            if (!Number.isInteger(value) || value < 1 || value > LIST_SONGS) {
              return `A whole number from 1 to ${LIST_SONGS}`;
            }
            onSize(value);
            return null;
          }}
        />
        <Button
          look="main"
          className="min-w-32"
          aria-keyshortcuts="Control+Enter"
          disabled={making || total === 0}
          onClick={onGenerate}
        >
          {making ? "Looking…" : "Generate"}
        </Button>
      </div>
    </div>
  );
}
