import type { Change, Loosening, Matches } from "@/api/types";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

interface Props {
  found: Pick<Matches, "total_matches" | "biting" | "loosenings">;
  /** How many songs the list has; null where there is none, so that songs are only counted. */
  listed: number | null;
  size: number;
  onLoosen: (changes: readonly Change[]) => void;
}

/** What holds songs back and what could be loosened; nothing is loosened by itself. */
export function Loosenings({ found, listed, size, onLoosen }: Props) {
  const { total_matches: total, biting, loosenings } = found;
  if ((listed ?? total) >= size) return null;
  return (
    <section
      aria-label={listed === null ? "Too few matches" : "Too few songs in the list"}
      className="grid gap-2 rounded-lg border border-line border-l-4 border-l-warn bg-surface p-4"
    >
      <p className="font-semibold">{headOf(total, listed, size)}</p>
      {biting.length > 0 && (
        <ul aria-label="What holds songs back" className="text-muted">
          {biting.map(({ field, text, passing }) => (
            <li key={field} className="wrap-anywhere">
              {text}: {passing === 0 ? "no song has it" : `${countOf(passing, "song")} alone`}
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted">
        {loosenings.length > 0
          ? "Each of these brings more:"
          : "No limit of this page would bring more. Undo the last steps, or start from others."}
      </p>
      <ul className="grid gap-2">
        {loosenings.map((loosening) => (
          <li key={loosening.text}>
            <Button
              className="w-full justify-between py-1 text-left"
              onClick={() => onLoosen(loosening.changes)}
            >
              <span className="min-w-0 grow wrap-anywhere">{loosening.text}</span>
              <span aria-hidden="true">·</span>
              <span className="shrink-0 text-ok">
                {countOf(broughtBy(loosening, listed), "more song")}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function headOf(total: number, listed: number | null, size: number): string {
  if (total === 0) return "No song matches";
  if (listed === null || listed >= total) return `Only ${countOf(total, "song")} of ${size} match`;
  return `The list has ${countOf(listed, "song")} of ${size}, though ${total} match`;
}

/** Songs for the list, where there is one, else songs that match. */
function broughtBy({ gain, listed: then }: Loosening, listed: number | null): number {
  return listed === null || then === null ? gain : then - listed;
}
