import { useEffect, useEffectEvent, useState } from "react";
import type { Problem } from "@/api/problem";
import type { Use } from "@/lib/login";
import { loginAddress } from "@/lib/login";
import { Button, ButtonLink } from "./Button";

const DEFAULT_WAIT = 5;
const LEAST_WAIT = 1;

interface Props {
  problem: Problem;
  /** There is a recipe, and it is kept. */
  kept?: boolean;
  /** Ask again; there is a button, and what is deferred is asked again when the server allows it. */
  onRetry?: (() => void) | undefined;
  /** What a login is for, where one is needed. */
  use?: Use;
}

/** What went wrong, what to do, and a way to do it. */
export function Trouble({ problem, kept = false, onRetry, use }: Props) {
  if (needsLogin(problem)) return <LoginTrouble {...{ problem, use }} />;
  const wait = Math.max(LEAST_WAIT, problem.retryAfter ?? DEFAULT_WAIT);
  const waits = problem.deferred && onRetry !== undefined;
  // What takes its time is no fault, and what has to wait is none of the page's.
  const calm = problem.kind === "still-reading";
  const edge = calm ? "border-l-accent" : waits ? "border-l-warn" : "border-l-danger";
  return (
    <div
      role={calm ? "status" : "alert"}
      className={`rounded-lg border border-line border-l-4 bg-surface p-4 ${edge}`}
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

/** Whether a login is what a problem asks for. */
export function needsLogin(problem: Problem | null): boolean {
  return problem !== null && Object.hasOwn(LOGINS, problem.kind);
}

const LOGINS: Readonly<Record<string, readonly [title: string, words: string, action: string]>> = {
  "spotify-login-ended": [
    "Your Spotify login has ended",
    "Nothing is lost: what you are working on stays here while you log in again.",
    "Log in again",
  ],
  "perhaps-theirs": [
    "There is no such playlist here",
    "If it is one of yours on Spotify, log in to go on with it. Your recipe is kept.",
    "Log in",
  ],
  "spotify-login-needed": [
    "Spotify has to be asked first",
    "This needs a Spotify login that covers it. What you are working on stays here meanwhile.",
    "Log in",
  ],
};

/** A login that is over or does not reach as far is no fault: one logs in, and comes back here. */
function LoginTrouble({ problem, use }: { problem: Problem; use: Use | undefined }) {
  const [title, words, action] = LOGINS[problem.kind] ?? ["", "", ""];
  return (
    <div
      role="alert"
      className="rounded-lg border border-line border-l-4 border-l-warn bg-surface p-4"
    >
      <p className="font-semibold">{title}</p>
      <p className="mt-1 text-muted">{words}</p>
      <ButtonLink look="main" className="mt-3" href={loginAddress(use, use)}>
        {action}
      </ButtonLink>
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
