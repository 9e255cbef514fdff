import { useEffect, useState } from "react";
import { THEN, TOLD } from "@/lib/login";
import { dropParameter, parameter } from "@/lib/route";
import { Button } from "@/ui/Button";
import { REASONS } from "./words";

/** What the address says after a login, once: it goes from the address when it was read. */
export function LoginNotice() {
  const [reason, setReason] = useState(() => parameter(TOLD));
  useEffect(() => {
    if (reason === null) return;
    dropParameter(TOLD);
    // What the login was for does not go on.
    dropParameter(THEN);
  }, [reason]);
  const [title, words] =
    (reason !== null && Object.hasOwn(REASONS, reason) && REASONS[reason]) || [];
  if (title === undefined) return null;
  return (
    <div role="status" className="border-b border-line bg-surface-2 px-4 py-3 lg:px-5">
      <div className="mx-auto flex w-full max-w-6xl items-start gap-3">
        <p className="min-w-0 grow">
          <strong className="block font-semibold">{title}</strong>
          <span className="text-muted">{words}</span>
        </p>
        <Button
          look="bare"
          className="-my-1 shrink-0"
          onClick={() => {
            setReason(null);
            document.getElementById("main")?.focus();
          }}
        >
          Close
        </Button>
      </div>
    </div>
  );
}
