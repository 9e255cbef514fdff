import type { Histogram } from "@/api/types";

interface Props {
  histogram: Histogram;
  /** What part of the values is asked for; bars outside are pale. */
  from: number;
  to: number;
  low: number;
  high: number;
}

const TOP = 100;

/** The playlist's bars before the catalog's area over `low` to `high`; stretched to its box. */
export function Distribution({ histogram, from, to, low, high }: Props) {
  const { edges, playlist, catalog } = histogram;
  const at = (value: number) => ((value - low) / (high - low)) * 100;
  const tall = tallest(histogram);
  const height = (share: number) => Math.min(TOP, Math.sqrt(share / tall) * TOP * 0.94);
  const bins = playlist.map((share, bin) => {
    const left = edges[bin] ?? low;
    const right = edges[bin + 1] ?? high;
    return { left, right, share, other: catalog[bin] ?? 0 };
  });
  const outline = bins
    .map(({ left, right, other }) => `L${at(left)} ${TOP - height(other)}H${at(right)}`)
    .join("");
  return (
    <svg
      viewBox={`0 0 100 ${TOP}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-full w-full overflow-hidden"
    >
      <path
        d={`M${at(bins[0]?.left ?? low)} ${TOP}${outline}V${TOP}Z`}
        className="fill-catalog/20 stroke-catalog"
        vectorEffect="non-scaling-stroke"
      />
      {bins.map(({ left, right, share }) => {
        const inside = right > from && left < to;
        const width = at(right) - at(left);
        return share > 0 ? (
          <rect
            key={left}
            x={at(left) + width * 0.1}
            width={width * 0.8}
            y={TOP - Math.max(4, height(share))}
            height={Math.max(4, height(share))}
            className={inside ? "fill-playlist" : "fill-playlist/35"}
          />
        ) : null;
      })}
    </svg>
  );
}

/** The share that fills the height: a spike of the catalog may run off the top. */
function tallest({ playlist, catalog }: Histogram): number {
  const usual = catalog.toSorted((a, b) => a - b)[Math.floor(catalog.length * 0.9)] ?? 0;
  return Math.max(...playlist, usual, Number.EPSILON);
}
