import { expect, test } from "vitest";
import { SEED_SONGS } from "@/api/limits";
import type { Chosen } from "./basket";
import { added, NO_SONGS } from "./basket";

function songs(from: number, to: number): Chosen[] {
  return Array.from({ length: to - from }, (_, place) => {
    const name = `song ${from + place}`;
    return { id: name, name, artists: "", demo: false };
  });
}

test("a song that is chosen already is not added again", () => {
  const basket = added(added(NO_SONGS, songs(0, 3)), songs(1, 5));
  expect(basket).toEqual({ songs: songs(0, 5), leftOut: 0 });
});

test("a basket holds as many songs as a recipe takes, and tells how many had no room", () => {
  const full = added(added(NO_SONGS, songs(0, SEED_SONGS - 1)), songs(SEED_SONGS - 1, SEED_SONGS));
  expect(full.leftOut).toBe(0);
  const over = added(full, songs(5, SEED_SONGS + 7));
  expect(over).toEqual({ songs: songs(0, SEED_SONGS), leftOut: 7 });
  expect(added(over, songs(0, 1)).leftOut).toBe(0);
});
