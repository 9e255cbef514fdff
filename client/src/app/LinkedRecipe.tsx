import { useEffect, useEffectEvent } from "react";
import { api, asProblem } from "@/api/client";
import { draftOfRecipe } from "@/lib/kept";
import type { Draft } from "@/lib/recipe";
import { replaceWith } from "@/lib/route";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";

interface Props {
  /** Of a saved recipe, or the code that holds one. */
  id: string;
  onOpen: (draft: Draft) => void;
}

/** Opens the recipe of a link, or says why it cannot be opened and offers the start. */
export function LinkedRecipe({ id, onOpen }: Props) {
  const found = api.useQuery(
    "get",
    "/api/recipes/{recipe_id}",
    { params: { path: { recipe_id: id } } },
    { staleTime: 0, gcTime: 0 },
  );
  const problem = asProblem(found.error);
  const opened = found.data;
  const open = useEffectEvent(({ recipe, saved, start, demo }: NonNullable<typeof opened>) => {
    const draft = draftOfRecipe(recipe, saved?.name ?? start, demo);
    if (draft) onOpen(draft);
  });
  useEffect(() => {
    if (opened) open(opened);
  }, [opened]);
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-xl content-start gap-4 p-6 outline-none"
    >
      <h1 tabIndex={-1} className="text-xl font-semibold outline-none">
        {problem ? "This link did not open" : "Opening a recipe"}
      </h1>
      {problem ? (
        <>
          <Trouble problem={problem} onRetry={() => void found.refetch()} />
          <div>
            <Button look="main" onClick={() => replaceWith("/")}>
              Go to the start
            </Button>
          </div>
        </>
      ) : (
        <Skeleton lines={6} label="Opening the recipe" />
      )}
    </main>
  );
}
