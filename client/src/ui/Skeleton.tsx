/** Grey lines of the height of what is loading, told as `label`. */
export function Skeleton({ lines, label }: { lines: number; label: string }) {
  return (
    <div role="status" className="grid gap-2">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="h-11 animate-pulse rounded-lg bg-surface-2" />
      ))}
    </div>
  );
}
