import type { Feature, FeatureProfile, Share } from "@/api/types";
import type { Setting } from "@/lib/recipe";

interface Props {
  feature: Feature;
  profile: FeatureProfile;
  shares: readonly Share[];
  setting: Setting;
  onChange: (change: Setting) => void;
  onReset: () => void;
}

/** Shares of the values of key, mode or time signature; each can be the aim, or be asked for. */
export function ChoiceBody({ feature, profile, shares, setting, onChange, onReset }: Props) {
  const only = setting.only ?? [];
  const edited = Object.keys(setting).length > 0;
  const toggle = (value: number) => {
    const next = only.includes(value) ? only.filter((each) => each !== value) : [...only, value];
    onChange({ only: next.length === 0 ? undefined : next.toSorted((a, b) => a - b) });
  };
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-muted">
        {profile.standing && `${profile.standing}. `}
        Only songs with the ticked values; none ticked means any
      </legend>
      <ul className="grid grid-cols-6 gap-1">
        {shares.map(({ value, playlist, catalog }) => (
          <Tick
            key={value}
            {...{ feature, value, playlist, catalog }}
            ticked={only.includes(value)}
            onToggle={() => toggle(value)}
          />
        ))}
      </ul>
      <div className="mt-2 flex items-center justify-between gap-2 text-xs text-muted">
        <label className="flex items-center gap-2">
          Aim
          <select
            className="h-11 rounded-lg border border-control bg-surface px-2 text-sm text-text lg:h-8"
            value={setting.target ?? ""}
            onChange={(event) =>
              onChange({
                target: event.target.value === "" ? undefined : Number(event.target.value),
              })
            }
          >
            <option value="">playlist’s own ({profile.shown})</option>
            {Object.entries(feature.choices).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {edited && (
          <button
            type="button"
            className="min-h-11 text-accent underline underline-offset-2 lg:min-h-6"
            onClick={onReset}
          >
            Reset {feature.label.toLowerCase()}
          </button>
        )}
      </div>
    </fieldset>
  );
}

interface TickProps extends Share {
  feature: Feature;
  ticked: boolean;
  onToggle: () => void;
}

function Tick({ feature, value, playlist, catalog, ticked, onToggle }: TickProps) {
  return (
    <li>
      <label className="relative flex min-h-14 flex-col items-center justify-end rounded-lg border border-control px-1 pb-1 has-checked:border-2 has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <input
          type="checkbox"
          className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
          aria-label={`Only ${feature.label.toLowerCase()} ${feature.choices[String(value)]}: ${percent(playlist)} of the playlist, ${percent(catalog)} of the catalog`}
          checked={ticked}
          onChange={onToggle}
        />
        <svg viewBox="0 0 20 24" width="20" height="24" aria-hidden="true">
          <rect
            x="2"
            width="16"
            y={24 - 24 * Math.sqrt(catalog)}
            height={24 * Math.sqrt(catalog)}
            className="fill-catalog/20 stroke-catalog"
          />
          <rect
            x="6"
            width="8"
            y={24 - 24 * Math.sqrt(playlist)}
            height={24 * Math.sqrt(playlist)}
            className="fill-playlist"
          />
        </svg>
        <span className="text-xs">{feature.choices[String(value)]}</span>
      </label>
    </li>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
