import { useEffect, useEffectEvent, useState } from "react";
import type { Problem } from "@/api/problem";
import { Button } from "./Button";

const DEFAULT_WAIT = 5;
const LEAST_WAIT = 1;

interface Props {
  problem: Problem;
  /** There is a recipe, and it is kept. */
  kept?: boolean;
  /** Ask again; there is a button, and what is deferred is asked again when the server allows it. */
  onRetry?: (() => void) | undefined;
}

/** What went wrong, what to do, and a way to do it. */
export function Trouble({ problem, kept = false, onRetry }: Props) {
  const wait = Math.max(LEAST_WAIT, problem.retryAfter ?? DEFAULT_WAIT);
  const waits = problem.deferred && onRetry !== undefined;
  return (
    <div
      role="alert"
      className="rounded-lg border border-line border-l-4 border-l-danger bg-surface p-4"
    >
      <p className="font-semibold">{problem.title}</p>
      {/* The seconds in such words stand still: they count down below instead. */}
      {!waits && <p className="mt-1 text-muted">{sentenceOf(problem.detail)}</p>}
      {kept && problem.passing && <p className="mt-1 text-muted">Your recipe is kept.</p>}
      {waits && <Countdown key={problem.serial} from={wait} onEnd={onRetry} />}
      {onRetry && !waits && problem.passing && (
        <Button
          className="mt-3"
          onClick={(event) => {
            // This button goes when the answer comes.
            event.currentTarget.closest<HTMLElement>("[tabindex='-1']")?.focus();
            onRetry();
          }}
        >
          Try again
        </Button>
      )}
    </div>
  );
}

function Countdown({ from, onEnd }: { from: number; onEnd: () => void }) {
  const [left, setLeft] = useState(from);
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    const until = Date.now() + from * 1000;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds > 0) return;
      clearInterval(timer);
      ended();
    }, 250);
    return () => clearInterval(timer);
  }, [from]);
  if (left === 0) return <p className="mt-2">Asking again…</p>;
  return (
    <p className="mt-2">
      Asking again in <span aria-hidden="true">{durationOf(left)}</span>
      <span className="sr-only">{durationOf(from)}</span>.
    </p>
  );
}

/** Details begin like a part of a sentence; the name of a field stays as it is. */
function sentenceOf(detail: string): string {
  return detail.replace(/^\p{Ll}+(?=[\s,])/u, (word) => word[0]?.toUpperCase() + word.slice(1));
}

function durationOf(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
