/** What stands in the place of the songs before there are any. */
export function Empty() {
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
