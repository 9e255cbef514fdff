import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

/** Run `onAnswer` each time a call of the page succeeds. */
export function useAnswers(onAnswer: () => void): void {
  const queries = useQueryClient();
  const answered = useEffectEvent(onAnswer);
  useEffect(() => {
    const listen = (event: { type: string; action?: { type: string } }) => {
      if (event.type === "updated" && event.action?.type === "success") answered();
    };
    const ends = [queries.getQueryCache(), queries.getMutationCache()].map((calls) =>
      calls.subscribe(listen),
    );
    return () => ends.forEach((end) => end());
  }, [queries]);
}
