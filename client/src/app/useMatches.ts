import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Draft } from "@/lib/recipe";
import { recipeOf } from "@/lib/recipe";
import { useDebounced } from "@/lib/useDebounced";

const STILL_MS = 250;

/** How many songs the recipe leaves, asked once it stands still; an older question is cancelled. */
export function useMatches(draft: Draft) {
  const still = useDebounced(draft, STILL_MS);
  const matches = api.useQuery(
    "post",
    "/api/matches",
    { body: recipeOf(still) },
    { placeholderData: keepPreviousData },
  );
  return { ...matches, counting: matches.isFetching || still !== draft };
}
