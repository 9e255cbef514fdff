import type { ChangeEvent } from "react";
import { useRef } from "react";
import type { Histogram } from "@/api/types";
import { Distribution } from "./Distribution";
import "./sliders.css";

interface Props {
  label: string;
  histogram: Histogram;
  low: number;
  high: number;
  step: number;
  min: number | undefined;
  max: number | undefined;
  aim: number;
  touched: boolean;
  show: (value: number) => string;
  onAim: (value: number) => void;
  /** Undefined gives the limit up: a handle at the end of the strip limits nothing. */
  onMin: (value: number | undefined) => void;
  onMax: (value: number | undefined) => void;
}

/** Three native sliders on one drawing: lower limit, aim, upper limit. */
export function Strip(props: Props) {
  const { label, histogram, low, high, step, min, max, aim, show } = props;
  const inside = (value: number) => Math.min(high, Math.max(low, value));
  const from = inside(min ?? low);
  const to = inside(max ?? high);
  const scale = { min: low, max: high, step };
  const limits = useLimits({ ...props, from, to });
  return (
    <div className="strip relative h-12">
      <div className="strip-drawing absolute top-0 h-[34px] border-b border-control">
        <Distribution
          histogram={histogram}
          from={min ?? -Infinity}
          to={max ?? Infinity}
          low={low}
          high={high}
        />
      </div>
      <input
        type="range"
        {...scale}
        className={`handle by-finger handle-aim ${props.touched ? "" : "untouched"}`}
        aria-label={`${label}: aim`}
        aria-valuetext={show(aim)}
        value={inside(aim)}
        onChange={(event) => props.onAim(event.target.valueAsNumber)}
      />
      <input type="range" {...scale} {...limits("min")} aria-label={`${label}: at least`} />
      <input type="range" {...scale} {...limits("max")} aria-label={`${label}: at most`} />
    </div>
  );
}

type End = "min" | "max";

type LimitsOf = Pick<Props, "low" | "high" | "min" | "max" | "show" | "onMin" | "onMax"> & {
  from: number;
  to: number;
};

/**
 * The two limits as sliders that do not pass each other. Where they meet, one handle covers the
 * other: a drag takes the one that its direction leaves free, whichever was pressed.
 */
function useLimits({ low, high, min, max, from, to, show, onMin, onMax }: LimitsOf) {
  /** What a pointer drags, null while none does. */
  const taken = useRef<End | "either" | null>(null);
  const take = (end: End) => {
    taken.current = from === to ? "either" : end;
    const letGo = () => (taken.current = null);
    for (const over of ["pointerup", "pointercancel"])
      addEventListener(over, letGo, { once: true });
  };
  const set = (end: End, asked: number) => {
    const value = end === "min" ? Math.min(asked, to) : Math.max(asked, from);
    if (end === "min") onMin(value <= low ? undefined : value);
    else onMax(value >= high ? undefined : value);
  };
  return (end: End) => {
    const limit = end === "min" ? min : max;
    return {
      className: "handle by-finger handle-limit",
      "aria-valuetext": limit === undefined ? "no limit" : show(limit),
      value: end === "min" ? from : to,
      onPointerDown: () => take(end),
      onChange: ({ target: { valueAsNumber: value } }: ChangeEvent<HTMLInputElement>) => {
        if (taken.current === "either") taken.current = value < from ? "min" : "max";
        set(taken.current ?? end, value);
      },
    };
  };
}
