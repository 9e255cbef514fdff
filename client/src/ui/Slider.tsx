import "./sliders.css";

interface Props {
  label: string;
  low: string;
  high: string;
  value: number;
  onChange: (value: number) => void;
}

/** A native slider from 0 to 1, with words for its ends. */
export function Slider({ label, low, high, value, onChange }: Props) {
  return (
    <label className="block">
      <span className="flex justify-between">
        {label} <span>{value.toFixed(2)}</span>
      </span>
      <input
        type="range"
        className="by-finger slide h-11 w-full accent-accent lg:h-6"
        aria-label={label}
        min={0}
        max={1}
        step={0.01}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <span className="flex justify-between text-xs text-muted">
        <span>{low}</span>
        <span>{high}</span>
      </span>
    </label>
  );
}
