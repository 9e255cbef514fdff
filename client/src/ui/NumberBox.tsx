import { useState } from "react";

interface Props {
  label: string;
  /** What stands in the box while nobody writes; empty for "none". */
  shown: string;
  placeholder?: string;
  accent?: boolean;
  /** Take what was written; false when it is no value. */
  onWrite: (text: string) => boolean;
}

/** A value to read and to write: taken on Enter and when the box is left, given up with Escape. */
export function NumberBox({ label, shown, placeholder, accent = false, onWrite }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);

  const finish = () => {
    if (written === null) return;
    const taken = written === shown || onWrite(written);
    setWrong(!taken);
    if (taken) setWritten(null);
  };

  return (
    <input
      type="text"
      data-writing
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong}
      placeholder={placeholder}
      value={written ?? shown}
      onChange={(event) => {
        setWrong(false);
        setWritten(event.target.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") {
          setWrong(false);
          setWritten(null);
        }
      }}
      className={`h-11 w-14 border-b lg:w-11 border-control bg-transparent text-center placeholder:text-muted aria-invalid:border-danger aria-invalid:text-danger lg:h-7 ${accent ? "font-semibold text-accent" : ""}`}
    />
  );
}
