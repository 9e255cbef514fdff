import type { Feature, Reason, Recommended } from "@/api/types";
import { showNumber } from "@/lib/values";

const SHOWN = 4;

interface Props {
  song: Recommended;
  features: readonly Feature[];
}

/** What a match in percent means, in words. */
export function matchWords(match: number): string {
  return `${Math.round(match * 100)}% of the way from a typical song to exactly what is searched for`;
}

/** Why a song came: its match, the nearest seed, and what counted most for and against it. */
export function Why({ song, features }: Props) {
  const most = song.reasons.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = most.slice(0, SHOWN);
  const longest = Math.max(...shown.map((reason) => Math.abs(reason.contribution)), Number.EPSILON);
  return (
    <div className="grid gap-2 rounded-lg bg-surface-2 p-3">
      <p>
        <Beside song={song} />
        <span className="block text-xs text-muted">Match: {matchWords(song.match)}.</span>
      </p>
      <ul className="grid gap-2">
        {shown.map((reason) => {
          const feature = features.find((each) => each.name === reason.feature);
          if (feature === undefined) return null;
          const share = Math.abs(reason.contribution) / longest;
          return <Part key={reason.feature} {...{ reason, feature, share }} />;
        })}
      </ul>
    </div>
  );
}

/** The song beside the nearest of those that were started from. */
function Beside({ song }: Pick<Props, "song">) {
  const { nearest, summary } = song;
  if (nearest === null) return <>Beside your aims: {summary}</>;
  if (nearest.id === song.id) return <>This is {summary}</>;
  const artists = nearest.artists.map((artist) => artist.name).join(", ");
  return (
    <>
      Beside <bdi className="font-semibold">{nearest.name}</bdi>
      {artists !== "" && (
        <>
          {" "}
          by <bdi>{artists}</bdi>
        </>
      )}
      , the nearest of your songs: {summary}
    </>
  );
}

interface PartProps {
  reason: Reason;
  feature: Feature;
  /** Of the longest bar. */
  share: number;
}

/** One feature's part, as a signed bar and in words. */
function Part({ reason, feature, share }: PartProps) {
  const speaksFor = reason.contribution >= 0;
  return (
    <li className="grid grid-cols-[7.5rem_1fr] gap-x-3">
      <span>{feature.label}</span>
      <span className="flex items-center gap-2">
        <svg className="h-3 min-w-0 grow" aria-hidden="true" width="100%" height="12">
          <rect
            x="0.5"
            y="0.5"
            height="11"
            width={`${share * 98}%`}
            className={speaksFor ? "fill-accent" : "fill-none stroke-danger"}
          />
        </svg>
        <span className="w-32 shrink-0 text-right whitespace-nowrap sm:w-40">
          <strong className="font-semibold">{number(feature, reason.value)}</strong>
          <span className="text-muted"> · aim {number(feature, reason.aim)}</span>
        </span>
      </span>
      <span className="col-span-2 text-xs text-muted">
        {verdict(reason)}: {reason.text}
      </span>
    </li>
  );
}

function verdict({ value, contribution }: Reason): string {
  if (value === null) return "counts neither way";
  return contribution >= 0 ? "for it" : "against it";
}

function number(feature: Feature, value: number | null): string {
  return value === null ? "?" : showNumber(feature, value);
}
