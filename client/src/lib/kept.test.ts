import { expect, test } from "vitest";
import { keep, kept } from "./kept";
import { DEFAULTS } from "./recipe";

const DRAFT = { ...DEFAULTS, seed: { playlist_id: "p" }, name: "Mine", demo: false };

test("what was kept comes back, and null removes it", () => {
  keep(DRAFT);
  expect(kept()).toEqual(DRAFT);
  keep(null);
  expect(kept()).toBeNull();
});

test.each(["{", "[]", "3", '{"seed": null}'])("%s from elsewhere counts for nothing", (text) => {
  sessionStorage.setItem("spotai.recipe.1", text);
  expect(kept()).toBeNull();
});
