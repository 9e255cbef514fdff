import { Skeleton } from "@/ui/Skeleton";

/** What stands in the place of the songs while there are none. */
export function Empty({ making }: { making: boolean }) {
  if (making) return <Skeleton lines={8} label="Looking for songs" />;
  return (
    <div className="rounded-lg border border-dashed border-control p-6 text-muted">
      <p className="font-semibold text-text">No list yet</p>
      <p className="mt-1">
        Change what you like on the model, or nothing at all, and press Generate (Ctrl+Enter). Each
        song comes with its reasons.
      </p>
    </div>
  );
}
