import type { Setting } from "./recipe";
import type { Written } from "./values";
import { showNumber, showValue } from "./values";

/** What a listener changed of a feature, in words: `from 120 to 140 BPM · aim 130 BPM`. */
export function editsOf(feature: Written, setting: Setting): string {
  const { min, max, only, target, weight, selected } = setting;
  const parts = [
    rangeOf(feature, min, max),
    only && `only ${only.map((value) => showNumber(feature, value)).join(", ")}`,
    target !== undefined && `aim ${showValue(feature, target)}`,
    weight && `weight ${weight}`,
    selected !== undefined && (selected ? "ticked by you" : "unticked by you"),
  ];
  return parts.filter(Boolean).join(" · ");
}

function rangeOf(feature: Written, min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? "" : `up to ${showValue(feature, max)}`;
  if (max === undefined) return `from ${showValue(feature, min)}`;
  return `from ${showNumber(feature, min)} to ${showValue(feature, max)}`;
}
