import type { Draft, Knob } from "@/lib/recipe";
import { Slider } from "@/ui/Slider";

interface Props {
  draft: Draft;
  onTurn: (change: Partial<Pick<Draft, Knob>>) => void;
}

const EXPLICIT = { any: null, no: false, only: true };
const EXPLICIT_WORDS = new Map(Object.entries(EXPLICIT).map(([word, value]) => [value, word]));

/** What holds for the whole list: contrast, strictness, explicit songs. */
export function Filters({ draft, onTurn }: Props) {
  const explicit = EXPLICIT_WORDS.get(draft.filters.explicit);
  return (
    <section aria-labelledby="filters" className="mt-4 grid gap-3">
      <h2 id="filters" className="font-semibold">
        The whole list
      </h2>
      <Slider
        label="Contrast"
        low="nearest to the playlist"
        high="what sets it apart"
        value={draft.contrast}
        onChange={(contrast) => onTurn({ contrast })}
      />
      <Slider
        label="Strictness"
        low="any match"
        high="only perfect ones"
        value={draft.strictness}
        onChange={(strictness) => onTurn({ strictness })}
      />
      <label className="flex items-center justify-between gap-2">
        Explicit songs
        <select
          className="h-11 rounded-lg border border-control bg-surface px-2 lg:h-9"
          value={explicit}
          onChange={(event) =>
            onTurn({
              filters: {
                ...draft.filters,
                explicit: EXPLICIT[event.target.value as keyof typeof EXPLICIT],
              },
            })
          }
        >
          <option value="any">allowed</option>
          <option value="no">left out</option>
          <option value="only">only these</option>
        </select>
      </label>
    </section>
  );
}
