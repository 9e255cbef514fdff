import { expect, test } from "vitest";
import type { Written } from "./values";
import { parseValue, showValue, stepOf } from "./values";

const RATIO: Written = { unit: "", integer: false, choices: {}, minimum: 0, maximum: 1 };
const TEMPO: Written = { ...RATIO, unit: "BPM", maximum: 1000 };
const LOUDNESS: Written = { ...RATIO, unit: "dB", minimum: -60, maximum: 0 };
const TIME: Written = { ...RATIO, unit: "ms", integer: true, minimum: 1, maximum: 86_400_000 };
const YEAR: Written = { ...RATIO, integer: true, minimum: 1000, maximum: 2100 };
const KEY: Written = { ...RATIO, integer: true, choices: { "1": "C♯" }, maximum: 11 };

test.each([
  [RATIO, 0.417, "0.42"],
  [TEMPO, 127.6, "128 BPM"],
  [LOUDNESS, -12.34, "−12.3 dB"],
  [TIME, 205_400, "3:25"],
  [TIME, 3_599_600, "1:00:00"],
  [TIME, 83_696_000, "23:14:56"],
  [YEAR, 2019, "2019"],
  [KEY, 1, "C♯"],
  [RATIO, null, "unknown"],
])("%o: %s is shown as %s", (feature, value, shown) => {
  expect(showValue(feature, value)).toBe(shown);
});

test.each([
  [RATIO, " 0,5 ", 0.5],
  [RATIO, "1.2", null],
  [RATIO, "0x1", null],
  [LOUDNESS, "−12.3", -12.3],
  [TIME, "3:25", 205_000],
  [TIME, "23:14:56", 83_696_000],
  [TIME, "1440:00", 86_400_000],
  [TIME, "90", 90_000],
  [TIME, "3:", null],
  [YEAR, "2019.4", 2019],
])("%o: %s is read as %s", (feature, text, value) => {
  expect(parseValue(feature, text)).toBe(value);
});

test.each([
  [RATIO, 0, 1, 0.01],
  [TEMPO, 60, 200, 1],
  [TIME, 60_000, 480_000, 5000],
  [YEAR, 1925, 2025, 1],
])("%o from %d to %d goes in steps of %d", (feature, low, high, step) => {
  expect(stepOf(feature, low, high)).toBeCloseTo(step);
});
