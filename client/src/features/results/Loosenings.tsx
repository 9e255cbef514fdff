import type { Loosening } from "@/api/types";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

interface Props {
  total: number;
  size: number;
  loosenings: readonly Loosening[];
  onLoosen: (field: string) => void;
}

/** What can be given up when too few songs match; nothing is given up by itself. */
export function Loosenings({ total, size, loosenings, onLoosen }: Props) {
  if (total >= size) return null;
  return (
    <section
      aria-label="Too few matches"
      className="rounded-lg border border-line border-l-4 border-l-warn bg-surface p-4"
    >
      <p className="font-semibold">
        {total === 0 ? "No song matches" : `Only ${countOf(total, "song")} of ${size} match`}
      </p>
      <p className="mt-1 text-muted">
        {loosenings.length > 0
          ? "Giving up one of these brings more:"
          : "No single limit holds songs back. Undo the last steps, or give up two limits."}
      </p>
      <ul className="mt-2 grid gap-2">
        {loosenings.map(({ field, text, gain }) => (
          <li key={field}>
            <Button className="w-full justify-between text-left" onClick={() => onLoosen(field)}>
              <span className="grow">{text}</span>
              <span className="shrink-0 text-ok">+{countOf(gain, "song")}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
