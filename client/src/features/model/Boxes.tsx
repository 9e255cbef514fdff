import type { Feature, FeatureProfile } from "@/api/types";
import type { Setting } from "@/lib/recipe";
import { parseValue, showNumber, showValue } from "@/lib/values";
import { NumberBox } from "@/ui/NumberBox";

interface Props {
  feature: Feature;
  profile: FeatureProfile;
  setting: Setting;
  onChange: (change: Setting) => void;
}

/** Limits and aim of a feature with numbers, to read and to write. */
export function Boxes({ feature, profile, setting, onChange }: Props) {
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined ? "" : showNumber(feature, value);
  const write = (name: "min" | "max" | "target") => (text: string) => {
    const value = text.trim() === "" ? undefined : parseValue(feature, text);
    const low = name === "min" ? (value ?? -Infinity) : (setting.min ?? -Infinity);
    const high = name === "max" ? (value ?? Infinity) : (setting.max ?? Infinity);
    if (value === null) {
      return `From ${showValue(feature, feature.minimum)} to ${showValue(feature, feature.maximum)}`;
    }
    if (name !== "target" && low > high) return "The lower limit is above the upper one";
    onChange({ [name]: value });
    return null;
  };
  const label = feature.label;
  return (
    <>
      <NumberBox
        label={`${label} from`}
        shown={shown(setting.min)}
        placeholder="from"
        onWrite={write("min")}
      />
      <NumberBox
        label={`${label} to`}
        shown={shown(setting.max)}
        placeholder="to"
        onWrite={write("max")}
      />
      <NumberBox
        label={`${label} aim`}
        shown={shown(setting.target ?? profile.centre)}
        placeholder="aim"
        accent={setting.target !== undefined}
        onWrite={write("target")}
      />
    </>
  );
}
