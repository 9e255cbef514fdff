import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useSession } from "@/api/useSession";
import type { Feature, SavedPlaylist } from "@/api/types";
import type { Made } from "@/lib/keptList";
import { THEN } from "@/lib/login";
import { dropParameter, parameter } from "@/lib/route";
import { Button } from "@/ui/Button";

const SaveDialog = lazy(() => import("./SaveDialog"));

interface Props {
  made: Made;
  features: readonly Feature[];
}

/** Save the list on Spotify; nothing where nobody can log in. */
export function SaveBox({ made, features }: Props) {
  const session = useSession();
  const [open, setOpen] = useState(() => parameter(THEN) === "save");
  const [saved, setSaved] = useState<{ of: Made["answer"]; as: SavedPlaylist } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => dropParameter(THEN), []);
  if (session === undefined || session.login === null) return null;
  return (
    <>
      <Button
        ref={button}
        look="main"
        disabled={made.answer.tracks.length === 0}
        onClick={() => setOpen(true)}
      >
        Save to Spotify
      </Button>
      {open && (
        <Suspense>
          <SaveDialog
            {...{ session, made, features }}
            saved={saved?.of === made.answer ? saved.as : null}
            onSaved={(as) => setSaved(as && { of: made.answer, as })}
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
