import type { Imported } from "@/api/types";
import { countOf } from "@/lib/values";
import { Command } from "@/ui/Command";

const SHOWN = 20;
/** A link to something at Spotify that is no song; `intl-de/`, `embed/` and a user may stand before. */
const OTHER_LINK =
  /(?:(?:open|play)\.spotify\.com\/(?:intl-[\w-]+\/)?(?:embed\/)?|spotify:)(?:user[/:][^/:\s]+[/:])?(playlist|album|artist|show|episode|audiobook)\b/;
/** A link that only Spotify knows the meaning of. */
const SHORT_LINK = /\bspotify(?:\.app)?\.link\//;
/** An id, bare or at the end of a link or URI, as one names a song. */
const SONG = /(?:^|[\s,;]|\btrack[/:])[0-9A-Za-z]{22}(?![0-9A-Za-z])/;

interface Props {
  found: Imported;
  /** The text that was read, empty for a file. */
  pasted: string;
}

/** How many songs were recognised, or why there are none and what to do. */
export function ImportOutcome({ found, pasted }: Props) {
  const { tracks, unmatched } = found;
  if (tracks.length === 0) {
    return (
      <div className="rounded-lg border border-line border-l-4 border-l-warn bg-surface p-4">
        <NoSongs unmatched={unmatched} pasted={pasted} />
        <Unmatched unmatched={unmatched} />
      </div>
    );
  }
  return (
    <div>
      <p>
        {countOf(tracks.length, "song")} recognised
        {unmatched.length > 0 && <>, {unmatched.length.toLocaleString("en")} not</>}.
      </p>
      <Unmatched unmatched={unmatched} />
    </div>
  );
}

function NoSongs({ unmatched, pasted }: Pick<Imported, "unmatched"> & Pick<Props, "pasted">) {
  // No data set has what names no song. In a file, what names one has a text.
  if (pasted === "" ? unmatched.some(({ text }) => text !== "") : SONG.test(pasted)) {
    return (
      <>
        <p className="font-semibold">None of these songs is in the catalog</p>
        <p className="mt-1 text-muted">
          Choose another playlist or search for songs, or load a data set that has them on the
          server: <Command>load FILE</Command>, then <Command>snapshot</Command>.
        </p>
      </>
    );
  }
  const { title, why } = otherThanSongs(
    [pasted, ...unmatched.map((each) => each.reason)].join(" "),
  );
  return (
    <>
      <p className="font-semibold">{title}</p>
      <p className="mt-1 text-muted">
        {why} Paste the links of the songs themselves, one a line, or drop a playlist file such as
        Exportify makes.
      </p>
    </>
  );
}

/** What a text holds that names no song, and why that is not enough. */
function otherThanSongs(text: string): { title: string; why: string } {
  const [, kind] = OTHER_LINK.exec(text) ?? [];
  if (kind !== undefined) {
    const title = `This is ${/^[ae]/.test(kind) ? "an" : "a"} ${kind} link`;
    return { title, why: "No link is opened, so its songs are not known here." };
  }
  if (SHORT_LINK.test(text)) {
    const why = "Short links are not followed, so what it leads to is not known here.";
    return { title: "This is a short link", why };
  }
  return { title: "No song was recognised", why: "" };
}

function Unmatched({ unmatched }: Pick<Imported, "unmatched">) {
  if (unmatched.length === 0) return null;
  const more = unmatched.length - SHOWN;
  return (
    <details>
      <summary className="min-h-11 py-3 text-muted lg:min-h-9 lg:py-2">
        Which were not recognised
      </summary>
      <ul className="text-xs text-muted">
        {unmatched.slice(0, SHOWN).map(({ line, text, reason }, place) => (
          // One line can hold the same words twice.
          <li key={place} className="wrap-anywhere">
            Line {line}: {text} ({reason})
          </li>
        ))}
        {more > 0 && <li>and {more.toLocaleString("en")} more</li>}
      </ul>
    </details>
  );
}
