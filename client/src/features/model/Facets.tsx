import type { Facet } from "@/api/types";

interface Props {
  facets: readonly Facet[];
  /** The number of the mood that is switched on, null for all songs. */
  chosen: number | null;
  onChoose: (facet: number | null) => void;
}

/** The moods of a varied playlist: one can be switched on alone. */
export function Facets({ facets, chosen, onChoose }: Props) {
  const all = facets.reduce((songs, facet) => songs + facet.songs, 0);
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">Moods of this playlist</legend>
      <div className="flex flex-wrap gap-2">
        <Chip
          name="All songs"
          songs={all}
          checked={chosen === null}
          onChoose={() => onChoose(null)}
        />
        {facets.map(({ number, name, songs }) => (
          <Chip
            key={number}
            name={name}
            songs={songs}
            checked={chosen === number}
            onChoose={() => onChoose(number)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface ChipProps {
  name: string;
  songs: number;
  checked: boolean;
  onChoose: () => void;
}

function Chip({ name, songs, checked, onChoose }: ChipProps) {
  return (
    <label className="relative flex min-h-11 items-center gap-1 rounded-full border border-control px-4 has-checked:border-2 has-checked:border-accent has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent lg:min-h-8">
      <input
        type="radio"
        name="facet"
        className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
        checked={checked}
        onChange={onChoose}
      />
      <span>{name}</span> <span className="text-muted">· {songs}</span>
    </label>
  );
}
