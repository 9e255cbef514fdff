import { useId, useState } from "react";

interface Props {
  label: string;
  /** What stands in the box while nobody writes; empty for "none". */
  shown: string;
  placeholder?: string;
  accent?: boolean;
  /** There is no room below to say what is wrong. */
  above?: boolean;
  /** Take what was written, or say which values there are. */
  onWrite: (text: string) => string | null;
}

/** A value to read and to write: taken on Enter and when the box is left, given up with Escape. */
export function NumberBox({
  label,
  shown,
  placeholder,
  accent = false,
  above = false,
  onWrite,
}: Props) {
  const [written, setWritten] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const why = useId();

  const finish = () => {
    if (written === null) return;
    const refused = written === shown ? null : onWrite(written);
    setWrong(refused);
    if (refused === null) setWritten(null);
  };

  return (
    <span className="relative">
      <input
        type="text"
        // Undo is the text's own while it is being written, and the recipe's when it is taken.
        data-writing={written === null ? undefined : true}
        autoComplete="off"
        aria-label={label}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : why}
        placeholder={placeholder}
        value={written ?? shown}
        onChange={(event) => {
          setWrong(null);
          setWritten(event.target.value);
        }}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          if (event.key === "Escape") {
            setWrong(null);
            setWritten(null);
          }
        }}
        className={`h-11 w-14 border-b lg:w-11 border-control bg-transparent text-center placeholder:text-muted aria-invalid:border-danger aria-invalid:text-danger lg:h-7 ${accent ? "font-semibold text-accent" : ""}`}
      />
      {wrong !== null && (
        <span
          id={why}
          role="alert"
          className={`absolute right-0 z-20 my-1 w-max max-w-56 rounded-lg border border-danger bg-surface px-2 py-1 text-left text-xs text-danger ${above ? "bottom-full" : "top-full"}`}
        >
          {wrong}
        </span>
      )}
    </span>
  );
}
