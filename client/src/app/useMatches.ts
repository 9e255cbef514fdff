import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Draft } from "@/lib/recipe";
import { recipeOf } from "@/lib/recipe";
import { useDebounced } from "@/lib/useDebounced";

const STILL_MS = 250;

export type Matches = ReturnType<typeof useMatches>;

/** How many songs the recipe leaves, asked once it stands still; an older question is cancelled. */
export function useMatches(draft: Draft) {
  const still = useDebounced(draft, STILL_MS);
  const matches = api.useQuery(
    "post",
    "/api/matches",
    { body: recipeOf(still) },
    { placeholderData: keepPreviousData },
  );
  const counting = matches.isFetching || still !== draft;
  // An older count says nothing about this recipe.
  const none = !counting && !matches.error && matches.data?.total_matches === 0;
  return { ...matches, counting, none };
}
