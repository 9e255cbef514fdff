import type { Feature, FeatureProfile, Histogram } from "@/api/types";
import type { Setting } from "@/lib/recipe";
import { showNumber, showValue, stepOf } from "@/lib/values";
import { Strip } from "@/ui/Strip";

interface Props {
  feature: Feature;
  profile: FeatureProfile;
  histogram: Histogram;
  setting: Setting;
  onChange: (change: Setting) => void;
  onReset: () => void;
}

/** Strip and caption of a feature with numbers. */
export function NumericBody({ feature, profile, histogram, setting, onChange, onReset }: Props) {
  const first = histogram.edges[0] ?? feature.minimum;
  const last = histogram.edges.at(-1) ?? feature.maximum;
  const step = stepOf(feature, first, last);
  const low = Math.max(feature.minimum, tidy(Math.floor(first / step) * step));
  const high = Math.min(feature.maximum, tidy(Math.ceil(last / step) * step));
  const aim = setting.target ?? profile.centre ?? (low + high) / 2;
  const edited = Object.keys(setting).length > 0;
  return (
    <>
      <Strip
        label={feature.label}
        histogram={histogram}
        low={low}
        high={high}
        step={step}
        min={setting.min}
        max={setting.max}
        aim={aim}
        touched={setting.target !== undefined}
        show={(value) => showValue(feature, value)}
        onAim={(target) => onChange({ target: tidy(target) })}
        onMin={(min) => onChange({ min: min === undefined ? min : tidy(min) })}
        onMax={(max) => onChange({ max: max === undefined ? max : tidy(max) })}
      />
      <div className="flex justify-between gap-2 text-xs text-muted">
        <span>{showNumber(feature, low)}</span>
        {edited ? (
          <button
            type="button"
            className="-my-3 py-3 text-accent underline underline-offset-2"
            onClick={onReset}
          >
            Reset {feature.label.toLowerCase()}
          </button>
        ) : (
          <span>
            {profile.shown}: {profile.standing ?? "not known"}
          </span>
        )}
        <span>{showNumber(feature, high)}</span>
      </div>
    </>
  );
}

/** Steps add up to numbers such as 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
}
