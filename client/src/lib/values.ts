import type { Feature } from "@/api/types";

/** What these functions need to know of a feature: how its numbers are written. */
export type Written = Pick<Feature, "unit" | "integer" | "choices" | "minimum" | "maximum">;

const MINUS = "\u2212";

function digitsOf({ unit, integer }: Written): number {
  if (integer || unit === "BPM") return 0;
  return unit === "" ? 2 : 1;
}

/** A value without its unit: `3:25`, `128`, `0.42`, `D♯`. */
export function showNumber(feature: Written, value: number): string {
  const choice = feature.choices[String(Math.round(value))];
  if (choice !== undefined) return choice;
  if (feature.unit === "ms") {
    return clock(Math.round(value / 1000));
  }
  return value.toFixed(digitsOf(feature)).replace("-", MINUS);
}

function clock(seconds: number): string {
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const whole = hours > 0 ? `${hours}:${twoDigits(minutes % 60)}` : String(minutes);
  return `${whole}:${twoDigits(seconds % 60)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, "0");
}

/** A value as people read it, with its unit: `3:25`, `128 BPM`. */
export function showValue(feature: Written, value: number | null): string {
  if (value === null) return "unknown";
  const unit = feature.unit === "ms" || feature.unit === "" ? "" : ` ${feature.unit}`;
  return showNumber(feature, value) + unit;
}

/** Read what a person typed, in natural units; null when it is no value the feature can have. */
export function parseValue(feature: Written, text: string): number | null {
  const plain = text.trim().replace(MINUS, "-").replace(",", ".");
  const value = feature.unit === "ms" ? parseTime(plain) : parseNumber(plain);
  if (value === null || value < feature.minimum || value > feature.maximum) return null;
  return feature.integer ? Math.round(value) : value;
}

function parseNumber(text: string): number | null {
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null;
}

function parseTime(text: string): number | null {
  const parts = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text);
  if (parts === null) return null;
  return parts.slice(1).reduce((total, part = "0") => total * 60 + Number(part), 0) * 1000;
}

/** A step of a slider over `low` to `high` that gives numbers people would choose. */
export function stepOf(feature: Written, low: number, high: number): number {
  const rough = (high - low) / 200;
  const least = feature.unit === "ms" ? 1000 : feature.integer ? 1 : 10 ** -digitsOf(feature);
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
  return Math.max(least, nice ?? least);
}

/** Count things: `1 song`, `4,000 songs`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
