interface Props<Step extends string> {
  label: string;
  steps: readonly Step[];
  value: Step;
  onChange: (value: Step) => void;
}

const HEIGHTS = [5, 9, 14];

/** A native slider of a few named steps, drawn as rising bars. */
export function WeightBars<Step extends string>({ label, steps, value, onChange }: Props<Step>) {
  const level = steps.indexOf(value);
  return (
    <div
      title={`${label}: ${value}`}
      className="relative flex h-11 w-12 shrink-0 items-center justify-center rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-offset-[-2px] has-focus-visible:outline-accent lg:h-7 lg:w-10"
    >
      <svg viewBox="0 0 27 16" width="27" height="16" aria-hidden="true">
        {HEIGHTS.map((height, bar) => (
          <rect
            key={height}
            x={bar * 9 + 1}
            y={15 - height}
            width="7"
            height={height}
            rx="1"
            className={bar < level ? "fill-text stroke-text" : "fill-none stroke-control"}
          />
        ))}
      </svg>
      <input
        type="range"
        className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
        aria-label={label}
        aria-valuetext={value}
        min={0}
        max={steps.length - 1}
        step={1}
        value={level}
        onChange={(event) => {
          const step = steps[event.target.valueAsNumber];
          if (step !== undefined) onChange(step);
        }}
      />
    </div>
  );
}
