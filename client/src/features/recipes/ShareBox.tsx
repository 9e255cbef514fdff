import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asProblem } from "@/api/client";
import { NAME_CHARACTERS } from "@/api/limits";
import { copy } from "@/lib/copy";
import { linkOf, saveRecipe } from "@/lib/links";
import type { Draft } from "@/lib/recipe";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Trouble";

/** Copy a link to the recipe, or save it under a name. */
export function ShareBox({ draft }: { draft: Draft }) {
  const queries = useQueryClient();
  const typed = useId();
  const [name, setName] = useState("");
  const sharing = useMutation({ mutationFn: share });
  const saving = useMutation({
    mutationFn: () => saveRecipe(name.trim() || draft.name, draft),
    onSuccess: () => setName(""),
    onSettled: () => queries.invalidateQueries({ queryKey: ["get", "/api/recipes"] }),
  });
  const problem = asProblem(sharing.error) ?? asProblem(saving.error);
  // What was said is of the recipe as it was then.
  const shared = sharing.variables === draft ? sharing.data : undefined;
  return (
    <section aria-labelledby="share" className="mt-6 grid gap-3 border-t border-line pt-4">
      <h2 id="share" className="font-semibold">
        This recipe
      </h2>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving.isPending) saving.mutate();
        }}
      >
        <label htmlFor={typed} className="min-w-0 grow text-xs text-muted">
          Save it as
          <input
            id={typed}
            data-writing
            value={name}
            maxLength={NAME_CHARACTERS}
            placeholder={draft.name}
            onChange={(event) => setName(event.target.value)}
            className="mt-1 block h-11 w-full rounded-lg border border-control bg-surface px-2 text-base text-text lg:h-9 lg:text-sm"
          />
        </label>
        <Button type="submit" disabled={saving.isPending}>
          Save
        </Button>
        <Button disabled={sharing.isPending} onClick={() => sharing.mutate(draft)}>
          Copy link
        </Button>
      </form>
      <p role="status" className="min-h-4 text-xs text-muted">
        {shared?.words ?? (saving.data && `Saved as ${saving.data.name}; it is on the first page.`)}
      </p>
      {shared && !shared.copied && (
        <input
          readOnly
          aria-label="Link to this recipe"
          value={shared.link}
          onFocus={(event) => event.target.select()}
          className="h-11 w-full rounded-lg border border-control bg-surface px-2 lg:h-9"
        />
      )}
      {problem && <Trouble problem={problem} />}
    </section>
  );
}

interface Shared {
  link: string;
  copied: boolean;
  words: string;
}

/** Copy the link of a recipe; one that is too long for a link is saved first. */
async function share(draft: Draft): Promise<Shared> {
  const { path, saved } = await linkOf(draft);
  const link = new URL(path, location.href).href;
  const copied = await copy(link);
  const first = copied ? "Link copied" : "Copying is not allowed here; this is the link";
  return {
    link,
    copied,
    words: saved ? `${first}. The recipe is saved too: the link works as long as it is.` : first,
  };
}
