import { LIST_SONGS } from "@/api/limits";
import type { Problem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { NumberBox } from "@/ui/NumberBox";
import { Trouble } from "@/ui/Trouble";
import type { Matches } from "./useMatches";

interface Props {
  matches: Matches;
  /** Why nothing is counted, where nothing else says it. */
  problem: Problem | null;
  size: number;
  making: boolean;
  /** The player has the bottom of narrow screens. */
  raised: boolean;
  onSize: (size: number) => void;
  onGenerate: () => void;
}

/** Always in sight: how many songs match, how many are wanted, and Generate. */
export function Foot({ matches, problem, size, making, raised, onSize, onGenerate }: Props) {
  const failed = matches.error !== null;
  const total = matches.data?.total_matches;
  return (
    <div
      className={`fixed inset-x-0 z-10 border-t border-line bg-surface px-4 py-3 lg:static lg:px-5 ${raised ? "bottom-24" : "bottom-0"}`}
    >
      {problem && (
        <div className="mb-3">
          <Trouble kept problem={problem} onRetry={() => void matches.refetch()} />
        </div>
      )}
      <div className="flex items-center gap-2">
        <p className="min-w-0 grow" role="status" aria-busy={matches.counting}>
          <strong className={`block text-xl font-semibold ${total === 0 ? "text-danger" : ""}`}>
            {failed || total === undefined ? "…" : total.toLocaleString("en")}
          </strong>
          <span className="text-xs text-muted">
            {matches.counting ? "counting…" : failed ? "not counted" : "songs match"}
          </span>
        </p>
        <NumberBox
          above
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
          disabled={making || matches.none}
          onClick={onGenerate}
        >
          {making ? "Looking…" : "Generate"}
        </Button>
      </div>
    </div>
  );
}
