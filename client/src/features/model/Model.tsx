import type { Feature, Profile } from "@/api/types";
import type { Draft, FeatureName, Setting } from "@/lib/recipe";
import { isFeatureName } from "@/lib/recipe";
import { FeatureRow } from "./FeatureRow";

const OPEN_AT_FIRST = 5;

interface Props {
  features: readonly Feature[];
  profile: Profile;
  settings: Draft["settings"];
  onChange: (feature: FeatureName, change: Setting) => void;
  onReset: (feature: FeatureName) => void;
}

/** The fifteen variables, the most telling first. */
export function Model({ features, profile, settings, onChange, onReset }: Props) {
  const rows = profile.features.map((seen, place) => {
    const feature = features.find((each) => each.name === seen.feature);
    const name = seen.feature;
    if (feature === undefined || !isFeatureName(name)) {
      throw new Error(`the server told nothing about ${name}`);
    }
    return (
      <FeatureRow
        key={name}
        feature={feature}
        profile={seen}
        setting={settings[name] ?? {}}
        startsOpen={place < OPEN_AT_FIRST}
        onChange={(change) => onChange(name, change)}
        onReset={() => onReset(name)}
      />
    );
  });
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">What makes this playlist</h2>
        <Legend />
      </div>
      <ul>{rows.slice(0, OPEN_AT_FIRST)}</ul>
      <h2 className="mt-4 font-semibold">Everything else</h2>
      <ul>{rows.slice(OPEN_AT_FIRST)}</ul>
    </>
  );
}

function Legend() {
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="h-3 w-2 bg-playlist" /> playlist
      </span>
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="h-3 w-3 border border-catalog bg-catalog/20" /> catalog
      </span>
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="mx-0.5 size-2 rotate-45 bg-playlist" /> its aim
      </span>
      <span className="flex items-center gap-1">
        <span aria-hidden="true" className="mx-0.5 size-2 rotate-45 bg-accent" /> your aim
      </span>
    </p>
  );
}
