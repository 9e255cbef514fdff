import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, asProblem } from "@/api/client";
import type { Session } from "@/api/session";
import type { Feature, OrderToSave, SavedPlaylist } from "@/api/types";
import { maySave } from "@/api/useSession";
import type { Made } from "@/lib/keptList";
import { keepOrder, keptOrder } from "@/lib/keptOrder";
import { loginAddress } from "@/lib/login";
import { countOf } from "@/lib/values";
import { Button, ButtonLink } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ExportBox } from "@/ui/ExportBox";
import { needsLogin, Trouble } from "@/ui/Trouble";
import type { Wish } from "./order";
import { DESCRIPTION_MOST, NAME_MOST, linked, orderOf, plain, save } from "./order";
import { Saved } from "./Saved";
import { SaveForm } from "./SaveForm";

interface Props {
  session: Session;
  made: Made;
  features: readonly Feature[];
  /** The list was saved as this. */
  saved: SavedPlaylist | null;
  onSaved: (saved: SavedPlaylist | null) => void;
  onClose: () => void;
}

/** Save a list on Spotify, step by step; where that is refused the songs can be taken along. */
export default function SaveDialog(props: Props) {
  const { session, made, saved, onSaved, onClose } = props;
  const songs = made.answer.tracks;
  // A login that ends meanwhile is said where it was noticed.
  const [may] = useState(() => maySave(session));
  const madeUp = songs.some((song) => song.demo) && session.login === "spotify";
  return (
    <Dialog title="Save to Spotify" onClose={onClose}>
      {saved ? (
        <Saved saved={saved} onAgain={() => onSaved(null)} onClose={onClose} />
      ) : madeUp ? (
        <Instead
          {...props}
          words="Made-up songs are not on Spotify, so they cannot be saved there."
        />
      ) : may ? (
        <Save {...props} />
      ) : (
        <Ask {...props} />
      )}
    </Dialog>
  );
}

/** Spotify is asked for more only when it is needed: what for is said before. */
function Ask({ session, onClose }: Props) {
  const guest = session.kind === "guest";
  return (
    <>
      <div className="grid gap-3 px-5 py-4">
        <p>
          {guest
            ? "To save a playlist you log in, and allow SpotAI to save playlists in your account."
            : "You allowed SpotAI to read your playlists. To save one it has to ask once more."}{" "}
          Then you come back here, to this list.
        </p>
        <p className="text-muted">
          SpotAI changes only playlists that you save from here, and only when you press Save.
        </p>
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">
        <Button onClick={onClose}>Cancel</Button>
        <ButtonLink look="main" href={loginAddress("save", "save")}>
          {guest ? "Log in to save" : "Allow saving"}
        </ButtonLink>
      </div>
    </>
  );
}

function Save(props: Props) {
  const { made, onSaved, onClose } = props;
  const { draft, answer } = made;
  const songs = answer.tracks;
  const ids = songs.map((song) => song.id);
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>(() => ({
    mode: "create",
    playlist: "",
    name: plain(`More like ${draft.name}`).slice(0, NAME_MOST),
    description: plain(
      `${countOf(songs.length, "song")} like ${draft.name}, made with SpotAI.`,
    ).slice(0, DESCRIPTION_MOST),
    public: false,
  }));
  // What was begun is gone on with as it was: another order would make another playlist.
  const [order, setOrder] = useState<OrderToSave | null>(() => keptOrder(ids));
  const forget = () => {
    setOrder(null);
    keepOrder(null);
  };
  const busy = useRef(false);
  const saving = useMutation({
    mutationFn: async () => {
      const begun = order ?? orderOf(wish, ids);
      setOrder(begun);
      const whole = await linked(begun, draft);
      setOrder(whole);
      return save(whole);
    },
    onSuccess: (saved) => {
      onSaved(saved);
      void queries.invalidateQueries({ queryKey: ["get", "/api/playlists"] });
    },
    onError: (error) => {
      // It was refused before anything was done: it can be changed.
      if (asProblem(error)?.status === 422) forget();
    },
    onSettled: () => {
      busy.current = false;
    },
  });
  const problem = asProblem(saving.error);
  // Known at once, unlike `isPending`: a second press comes before the next drawing.
  const press = () => {
    if (busy.current || plain(wish.name) === "") return;
    busy.current = true;
    saving.mutate();
  };
  const begun = order !== null;
  const targets = api.useQuery("get", "/api/playlists", {
    params: { query: { source: "spotify", limit: 100 } },
  });
  const own = (targets.data?.items ?? []).filter((one) => one.own && one.id !== "liked");
  const chosen = wish.mode === "create" || own.some((one) => one.id === wish.playlist);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) press();
      }}
    >
      <div className="grid gap-4 px-5 py-4">
        {begun ? (
          <p role="status">
            {saving.isPending ? "Saving " : "Not yet saved: "}
            {countOf(songs.length, "song")} as{" "}
            <strong className="font-semibold">
              <bdi>{order.name}</bdi>
            </strong>
            {!saving.isPending && ". It goes on where it stopped, and nothing comes twice."}
          </p>
        ) : (
          <SaveForm {...{ wish, own, songs }} onChange={setWish} />
        )}
        {saving.isPending && (
          <div aria-hidden="true" className="h-1 overflow-hidden rounded bg-surface-2">
            <div className="h-full w-1/3 animate-pulse bg-accent" />
          </div>
        )}
        {problem && (
          <Trouble problem={problem} use="save" {...(problem.passing && { onRetry: press })} />
        )}
        {problem && <Others {...props} />}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-4">
        {begun && !saving.isPending && (
          <Button
            look="bare"
            className="mr-auto -ml-4"
            onClick={() => {
              forget();
              saving.reset();
            }}
          >
            Change it
          </Button>
        )}
        <Button onClick={onClose}>{begun ? "Close" : "Cancel"}</Button>
        {/* Before a login there is nothing to go on with. */}
        {!needsLogin(problem) && (
          <Button type="submit" look="main" disabled={saving.isPending || !chosen}>
            {saving.isPending
              ? "Saving…"
              : begun
                ? "Go on saving"
                : `Save ${countOf(songs.length, "song")}`}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What can be done with the songs where Spotify does not take them. */
function Others({ made, features }: Pick<Props, "made" | "features">) {
  return (
    <div className="grid gap-2">
      <p className="font-medium">Or take the list along</p>
      <ExportBox name={made.draft.name} songs={made.answer.tracks} features={features} />
    </div>
  );
}

function Instead({ words, onClose, ...list }: Props & { words: string }) {
  return (
    <>
      <div className="grid gap-4 px-5 py-4">
        <p>{words}</p>
        <Others {...list} />
      </div>
      <div className="flex justify-end border-t border-line px-5 py-4">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  );
}
