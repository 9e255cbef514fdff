import { expect, test, vi } from "vitest";
import type { Made } from "./keptList";
import { keepList, keptList } from "./keptList";
import { DEFAULTS } from "./recipe";

const MADE: Made = {
  draft: { ...DEFAULTS, seed: { playlist_id: "p" }, name: "Mine", demo: false },
  answer: {
    tracks: [],
    total_matches: 0,
    generation: 1,
    loosenings: [],
    biting: [],
    notes: [],
    seeds: { known: 0, unknown: [] },
  },
};

test("a list that was kept comes back, and null removes it", () => {
  keepList(MADE);
  expect(keptList()).toEqual(MADE);
  keepList(null);
  expect(keptList()).toBeNull();
});

test("where there is no room for a list, no older one comes back in its place", () => {
  keepList(MADE);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  keepList({ ...MADE, answer: { ...MADE.answer, total_matches: 5 } });
  expect(keptList()).toBeNull();
});

test.each(["{", "3", "{}", JSON.stringify({ ...MADE, answer: {} })])(
  "%s from elsewhere counts for nothing",
  (text) => {
    sessionStorage.setItem("spotai.list.3", text);
    expect(keptList()).toBeNull();
  },
);
