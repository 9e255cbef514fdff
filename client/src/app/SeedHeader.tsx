import type { Profile } from "@/api/types";
import type { Draft } from "@/lib/recipe";
import { goTo } from "@/lib/route";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

/** What the recipe starts from, and the way to start from something else. */
export function SeedHeader({ draft, profile }: { draft: Draft; profile: Profile | undefined }) {
  return (
    <div className="mb-4 flex items-center justify-between gap-3">
      <div className="min-w-0">
        <h1
          tabIndex={-1}
          className="truncate text-xl font-semibold outline-none"
          title={draft.name}
        >
          <bdi>{draft.name}</bdi>
        </h1>
        <p className="text-xs text-muted">
          {profile ? countOf(profile.songs, "song") : "…"}
          {profile && profile.unknown.length > 0 && `, ${profile.unknown.length} more not known`}
          {draft.demo && ", made up"}
        </p>
      </div>
      <Button look="bare" className="-mr-4" onClick={() => goTo("/")}>
        Change
      </Button>
    </div>
  );
}
