import { useQueryClient } from "@tanstack/react-query";
import { api, asProblem } from "@/api/client";
import { goTo } from "@/lib/route";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Trouble";

const MOST = 100;

/** The recipes this browser saved, to open or delete; nothing where there are none. */
export function SavedList() {
  const queries = useQueryClient();
  const saved = api.useQuery(
    "get",
    "/api/recipes",
    { params: { query: { limit: MOST } } },
    { staleTime: 0 },
  );
  const deleting = api.useMutation("delete", "/api/recipes/{recipe_id}", {
    onSettled: () => queries.invalidateQueries({ queryKey: ["get", "/api/recipes"] }),
  });
  const problem = asProblem(deleting.error);
  // While they cannot be read the rest of the page says what is wrong.
  const items = saved.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="saved" tabIndex={-1} className="min-w-0 outline-none">
      <h2 id="saved" className="mb-3 text-xl font-semibold">
        Saved recipes
      </h2>
      <ul className="max-h-96 overflow-y-auto rounded-lg border border-line bg-surface">
        {items.map(({ id, name }) => (
          <li
            key={id}
            className="flex min-h-14 items-center gap-2 border-b border-line px-4 py-1 last:border-0"
          >
            <p className="min-w-0 grow truncate font-medium" title={name}>
              <bdi>{name}</bdi>
            </p>
            <Button aria-label={`Open recipe ${name}`} onClick={() => goTo(`/?recipe=${id}`)}>
              Open
            </Button>
            <Button
              look="bare"
              aria-label={`Delete recipe ${name}`}
              disabled={deleting.isPending}
              onClick={(event) => {
                // This button goes with its row.
                event.currentTarget.closest<HTMLElement>("[tabindex='-1']")?.focus();
                deleting.mutate({ params: { path: { recipe_id: id } } });
              }}
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
      {problem && <Trouble problem={problem} />}
    </section>
  );
}
