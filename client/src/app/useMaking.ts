import { useEffect, useEffectEvent, useRef } from "react";
import { api, asProblem } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Made } from "@/lib/keptList";
import type { Draft } from "@/lib/recipe";
import { recipeOf } from "@/lib/recipe";
import type { Matches } from "./useMatches";

interface Making {
  problem: Problem | null;
  pending: boolean;
  /** A person asks for a list. */
  generate: () => void;
  /** The page asks once more after a failure. */
  again: () => void;
}

/** Make the list of a recipe; people who asked for it are taken to it, or to why there is none. */
export function useMaking(draft: Draft, matches: Matches, onMade: (made: Made) => void): Making {
  const making = api.useMutation("post", "/api/recommendations");
  // Known at once, unlike `isPending`: a second press comes before the next drawing.
  const busy = useRef(false);
  const pressed = useRef(false);
  const problem = asProblem(making.error);

  const ask = () => {
    if (busy.current) return;
    busy.current = true;
    making.mutate(
      { body: recipeOf(draft) },
      {
        onSuccess: (answer) => onMade({ answer, draft }),
        onSettled: () => {
          busy.current = false;
        },
      },
    );
  };
  const generate = () => {
    if (busy.current || matches.none || goToWrongValue()) return;
    pressed.current = true;
    ask();
  };
  // Where nothing matches any more there is nothing to ask for.
  const again = () => (matches.none ? making.reset() : ask());

  useEffect(() => {
    if (making.isIdle || making.isPending || !pressed.current) return;
    pressed.current = false;
    focusSongs();
    document.getElementById("result")?.scrollIntoView();
  }, [making.isIdle, making.isPending]);

  const { dataUpdatedAt } = matches;
  const forgetSilence = useEffectEvent((counted: number) => {
    if (problem?.kind === "unreachable" && counted > making.submittedAt) making.reset();
  });
  // A count came: the server answers again.
  useEffect(() => forgetSilence(dataUpdatedAt), [dataUpdatedAt]);

  return { problem, pending: making.isPending, generate, again };
}

export function focusSongs(): void {
  document.getElementById("result")?.focus();
}

/** Take people to a value that cannot be taken, if there is one: its box says why. */
function goToWrongValue(): boolean {
  const wrong = document.querySelector<HTMLElement>("#main [aria-invalid=true]");
  wrong?.focus();
  return wrong !== null;
}
