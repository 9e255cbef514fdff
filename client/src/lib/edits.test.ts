import { expect, test } from "vitest";
import { editsOf } from "./edits";
import type { Setting } from "./recipe";

const TEMPO = { unit: "BPM", integer: false, choices: {}, minimum: 0, maximum: 300 };
const LENGTH = { unit: "ms", integer: true, choices: {}, minimum: 0, maximum: 9e5 };
const KEY = { unit: "", integer: true, choices: { 5: "F", 11: "B" }, minimum: 0, maximum: 11 };

test.each<[string, typeof TEMPO, Setting]>([
  ["", TEMPO, {}],
  ["from 120 BPM", TEMPO, { min: 120 }],
  ["up to 140 BPM", TEMPO, { max: 140 }],
  ["from 120 to 140 BPM · aim 130 BPM", TEMPO, { min: 120, max: 140, target: 130 }],
  ["from 2:00 to 3:25", LENGTH, { min: 120_000, max: 205_000 }],
  ["only F, B", KEY, { only: [5, 11] }],
  ["weight off · unticked by you", KEY, { weight: "off", selected: false }],
  ["aim B · ticked by you", KEY, { target: 11, selected: true }],
])("%s", (words, feature, setting) => {
  expect(editsOf(feature, setting)).toBe(words);
});
