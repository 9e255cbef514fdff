import type { Feature, Reason } from "@/api/types";
import { showNumber } from "@/lib/values";

const SHOWN = 4;

interface Props {
  reasons: readonly Reason[];
  features: readonly Feature[];
}

/** What counted most for and against a song, as signed bars and in words. */
export function Why({ reasons, features }: Props) {
  const most = reasons.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = most.slice(0, SHOWN);
  const longest = Math.max(...shown.map((reason) => Math.abs(reason.contribution)), Number.EPSILON);
  return (
    <ul className="grid gap-2 rounded-lg bg-surface-2 p-3">
      {shown.map((reason) => {
        const feature = features.find((each) => each.name === reason.feature);
        if (feature === undefined) return null;
        const length = (Math.abs(reason.contribution) / longest) * 100;
        const speaksFor = reason.contribution >= 0;
        return (
          <li key={reason.feature} className="grid grid-cols-[7.5rem_1fr] gap-x-3">
            <span>{feature.label}</span>
            <span className="flex items-center gap-2">
              <svg className="h-3 min-w-0 grow" aria-hidden="true" width="100%" height="12">
                <rect
                  x="0.5"
                  y="0.5"
                  height="11"
                  width={`${length * 0.98}%`}
                  className={speaksFor ? "fill-accent" : "fill-none stroke-danger"}
                />
              </svg>
              <span className="w-32 shrink-0 text-right whitespace-nowrap sm:w-40">
                <strong className="font-semibold">{number(feature, reason.value)}</strong>
                <span className="text-muted"> · aim {number(feature, reason.aim)}</span>
              </span>
            </span>
            <span className="col-span-2 text-xs text-muted">
              {speaksFor ? "for it" : "against it"}: {reason.text}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function number(feature: Feature, value: number | null): string {
  return value === null ? "?" : showNumber(feature, value);
}
