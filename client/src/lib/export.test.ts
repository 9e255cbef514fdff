import { expect, test } from "vitest";
import { csvOf, linksOf } from "./export";

const SONG = {
  id: "demo1",
  name: '=HYPERLINK("x"), twice',
  artists: [
    { id: "a", name: "One" },
    { id: "b", name: "Two" },
  ],
  album: { name: "Album" },
  release_date: null,
  url: null,
  match: 0.5,
  features: { energy: 0.25, loudness: -7.5 },
};

test("a song without a link is copied by its id", () => {
  const link = "https://open.spotify.com/track/x";
  expect(linksOf([SONG, { ...SONG, url: link }])).toBe(`demo1\n${link}\n`);
});

test("a title cannot be a formula or break the table; numbers stay numbers", () => {
  const text = csvOf([SONG], [{ name: "energy" }, { name: "loudness" }, { name: "tempo" }]);
  expect(text.split("\r\n")).toEqual([
    "\uFEFFtrack_id,track_name,artists,album,release_date,url,match,energy,loudness,tempo",
    'demo1,"\'=HYPERLINK(""x""), twice","One, Two",Album,,,0.5000,0.25,-7.5,',
    "",
  ]);
});

test.each([
  ["One; =1+1", `"One;' =1+1"`],
  ["x;=cmd|' /C calc'!A0", `"x;'=cmd|' /C calc'!A0"`],
  ['One;"=1+1"', `"One;'""=1+1"""`],
  ["One;;=1;-2;two", `"One;;'=1;'-2;two"`],
  ["One\t=1+1", `"One\t'=1+1"`],
  ["One\n@SUM(A1)", `"One\n'@SUM(A1)"`],
  ["One\r\n+1", `"One\r\n'+1"`],
  ["\n=1+1", `"'\n'=1+1"`],
  ["One;＝1+1", `"One;'＝1+1"`],
  ['"=1+1"', `"'""=1+1"""`],
  ["\tOne", `"'\tOne"`],
  ["One - Two; Three+", '"One - Two; Three+"'],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  ["＠SUM(A1)", "'＠SUM(A1)"],
  ["-1", "'-1"],
  ["Ünïcode", "Ünïcode"],
])("the title %j is written as %j", (name, field) => {
  const text = csvOf([{ ...SONG, name }], []);
  expect(text).toContain(`\r\ndemo1,${field},"One, Two",`);
});
