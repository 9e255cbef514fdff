import "./sliders.css";

interface Props<Step extends string> {
  label: string;
  steps: readonly Step[];
  value: Step;
  onChange: (value: Step) => void;
}

const HEIGHTS = [5, 9, 14];

/** A native slider of a few named steps, drawn as rising bars; a finger's tap goes one step on. */
export function WeightBars<Step extends string>({ label, steps, value, onChange }: Props<Step>) {
  const level = steps.indexOf(value);
  const goTo = (place: number) => {
    const step = steps[place];
    if (step !== undefined) onChange(step);
  };
  return (
    <div
      title={`${label}: ${value}`}
      className="relative h-11 w-12 shrink-0 rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-offset-[-2px] has-focus-visible:outline-accent lg:h-7 lg:w-10"
    >
      {/* Under the slider, which lets fingers through. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className="absolute inset-0 flex items-center justify-center"
        onClick={() => goTo((level + 1) % steps.length)}
      >
        <svg viewBox="0 0 27 16" width="27" height="16">
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
      </button>
      <input
        type="range"
        className="by-tap absolute inset-0 h-full w-full cursor-pointer opacity-0"
        aria-label={label}
        aria-valuetext={value}
        min={0}
        max={steps.length - 1}
        step={1}
        value={level}
        onChange={(event) => goTo(event.target.valueAsNumber)}
      />
    </div>
  );
}
