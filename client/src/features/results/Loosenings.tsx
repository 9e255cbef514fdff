import type { Change, Matches } from "@/api/types";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

interface Props {
  matches: Matches;
  size: number;
  onLoosen: (changes: readonly Change[]) => void;
}

/** What holds songs back and what could be loosened; nothing is loosened by itself. */
export function Loosenings({ matches, size, onLoosen }: Props) {
  const { total_matches: total, biting, loosenings } = matches;
  if (total >= size) return null;
  return (
    <section
      aria-label="Too few matches"
      className="grid gap-2 rounded-lg border border-line border-l-4 border-l-warn bg-surface p-4"
    >
      <p className="font-semibold">
        {total === 0 ? "No song matches" : `Only ${countOf(total, "song")} of ${size} match`}
      </p>
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
          ? "One of these brings more:"
          : "No limit of this page would bring more. Undo the last steps, or start from others."}
      </p>
      <ul className="grid gap-2">
        {loosenings.map(({ changes, text, gain }) => (
          <li key={text}>
            <Button
              className="w-full justify-between py-1 text-left"
              onClick={() => onLoosen(changes)}
            >
              <span className="min-w-0 grow wrap-anywhere">{text}</span>
              <span aria-hidden="true">·</span>
              <span className="shrink-0 text-ok">{countOf(gain, "more song")}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
