import type { Feature, Recommended } from "@/api/types";

type Song = Pick<
  Recommended,
  "id" | "name" | "artists" | "album" | "release_date" | "url" | "match" | "features"
>;

/** A link a line; a made-up song has none and is named by its id, which we can read again. */
export function linksOf(songs: readonly Song[]): string {
  return songs.map((song) => song.url ?? song.id).join("\n") + "\n";
}

/** Without it, Excel takes UTF-8 for the alphabet of its machine. */
const BYTE_ORDER_MARK = "\uFEFF";

/** The songs as CSV (RFC 4180) with a `track_id` column, by which we read it again. */
export function csvOf(songs: readonly Song[], features: readonly Pick<Feature, "name">[]): string {
  const names = features.map((feature) => feature.name);
  const head = ["track_id", "track_name", "artists", "album", "release_date", "url", "match"];
  const rows = songs.map((song) => [
    song.id,
    song.name,
    song.artists.map((artist) => artist.name).join(", "),
    song.album.name,
    song.release_date,
    song.url,
    song.match.toFixed(4),
    ...names.map((name) => song.features[name] ?? null),
  ]);
  const lines = [[...head, ...names], ...rows].map((row) => row.map(cell).join(",") + "\r\n");
  return BYTE_ORDER_MARK + lines.join("");
}

/**
 * Where a field may begin, when what follows makes it a formula. Some spreadsheets part at
 * semicolons or tabs, whatever the quotes: for them a field begins after each, also inside a title.
 * Blanks and quotes may stand before the sign; wide letters are signs to some.
 */
const FORMULA = /(^|[;\t\r\n])(?=(?:[^\S\t\r\n]|["'])*[=+@＝＋－＠-])/g;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // After an apostrophe it is text to every spreadsheet.
  const text = value.replace(FORMULA, "$1'").replace(/^[\t\r\n]/, "'$&");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The songs as JSPF (https://www.xspf.org/jspf), by whose identifiers we read it again. */
export function jspfOf(title: string, songs: readonly Song[]): string {
  const track = songs.map((song) => ({
    identifier: [song.url ?? `spotify:track:${song.id}`],
    title: song.name,
    creator: song.artists.map((artist) => artist.name).join(", "),
    album: song.album.name,
    ...(song.features.duration_ms != null && { duration: song.features.duration_ms }),
  }));
  return JSON.stringify({ playlist: { title, track } }, null, 2) + "\n";
}

/** Let the browser save `text` as a file. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
