interface Props {
  label: string;
  done: number;
  /** 0 while nobody knows. */
  total: number;
}

/** How far something long is, as a bar and in numbers. */
export function Progress({ label, done, total }: Props) {
  const known = total > 0;
  return (
    <div className="grid gap-1">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, total)}
        {...(known && { "aria-valuenow": Math.min(done, total) })}
        className="h-1.5 overflow-hidden rounded bg-line"
      >
        <svg width="100%" height="6" preserveAspectRatio="none" viewBox="0 0 100 6">
          <rect
            className="fill-accent"
            height="6"
            width={known ? (100 * Math.min(done, total)) / total : 10}
          />
        </svg>
      </div>
      {known && (
        <span className="text-xs text-muted">
          {done.toLocaleString("en")} of {total.toLocaleString("en")}
        </span>
      )}
    </div>
  );
}
