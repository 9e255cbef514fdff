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
      <input
        type="range"
        {...scale}
        className="handle by-finger handle-limit"
        aria-label={`${label}: at least`}
        aria-valuetext={min === undefined ? "no limit" : show(min)}
        value={from}
        onChange={(event) => {
          const value = Math.min(event.target.valueAsNumber, to);
          props.onMin(value <= low ? undefined : value);
        }}
      />
      <input
        type="range"
        {...scale}
        className="handle by-finger handle-limit"
        aria-label={`${label}: at most`}
        aria-valuetext={max === undefined ? "no limit" : show(max)}
        value={to}
        onChange={(event) => {
          const value = Math.max(event.target.valueAsNumber, from);
          props.onMax(value >= high ? undefined : value);
        }}
      />
    </div>
  );
}
