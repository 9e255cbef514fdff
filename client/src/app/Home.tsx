import { useEffect, useState } from "react";
import type { Seed } from "@/api/types";
import { LoginBox } from "@/features/account/LoginBox";
import { BasketBar } from "@/features/playlists/BasketBar";
import { ImportBox } from "@/features/playlists/ImportBox";
import { PlaylistList } from "@/features/playlists/PlaylistList";
import { SongSearch } from "@/features/playlists/SongSearch";
import { added, NO_SONGS } from "@/features/playlists/basket";
import { SavedList } from "@/features/recipes/SavedList";
import type { Draft } from "@/lib/recipe";
import { goTo } from "@/lib/route";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

interface Props {
  draft: Draft | null;
  onOpen: (seed: Seed, name: string, demo: boolean) => void;
}

/** The ways in for guests: a playlist of the catalog, songs found by words, a file or links. */
export function Home({ draft, onOpen }: Props) {
  useKeptPage();
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-6xl grow grid-cols-[minmax(0,1fr)] content-start gap-x-16 gap-y-8 px-4 py-8 outline-none lg:grid-cols-[repeat(2,minmax(0,1fr))] lg:py-14"
    >
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-6">
        <div>
          <h1 tabIndex={-1} className="text-2xl font-semibold sm:text-3xl outline-none">
            Take your playlist apart. <br />
            Steer what comes next.
          </h1>
          <p className="mt-3 text-base text-muted">
            SpotAI shows the fifteen features that make a playlist sound like itself. Change any of
            them, and get songs that fit, each with the reason it came. No account is needed.
          </p>
        </div>
        <LoginBox />
        {draft && <Kept name={draft.name} />}
        <SavedList />
        <FromSongs onOpen={onOpen} />
      </div>
      <PlaylistList
        onOpen={(playlist, demo) => onOpen({ playlist_id: playlist.id }, playlist.name, demo)}
      />
      <footer className="flex flex-wrap gap-x-6 text-xs text-muted lg:col-span-2">
        <p className="py-3">What SpotAI keeps of you goes from the menu at the top right.</p>
        <a
          href="/setup"
          className="ml-auto inline-flex min-h-11 items-center underline underline-offset-2"
        >
          Set up Spotify
        </a>
      </footer>
    </main>
  );
}

function Kept({ name }: Pick<Draft, "name">) {
  return (
    <div className="flex items-center justify-between gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="min-w-0">
        Your recipe from{" "}
        <strong
          className="inline-block max-w-full truncate align-bottom font-semibold"
          title={name}
        >
          <bdi>{name}</bdi>
        </strong>{" "}
        is kept.
      </p>
      <Button className="shrink-0" onClick={() => goTo("/tune")}>
        Go on
      </Button>
    </div>
  );
}

/** Songs that are found, dropped or pasted one after the other, to start from together. */
function FromSongs({ onOpen }: Pick<Props, "onOpen">) {
  const [basket, setBasket] = useState(NO_SONGS);
  const [name, setName] = useState("");
  return (
    <section
      aria-label="Start from songs"
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      <div className="grid gap-4 p-4">
        <SongSearch chosen={basket.songs} onAdd={(song) => setBasket(added(basket, [song]))} />
        <ImportBox
          onFound={(songs, from) => {
            setBasket(added(basket, songs));
            if (basket.songs.length === 0) setName(from);
          }}
        />
      </div>
      <BasketBar
        basket={basket}
        onClear={() => {
          setBasket(NO_SONGS);
          setName("");
          document.getElementById("song-search")?.focus();
        }}
        onContinue={() =>
          onOpen(
            { track_ids: basket.songs.map((song) => song.id) },
            name || countOf(basket.songs.length, "chosen song"),
            basket.songs.some((song) => song.demo),
          )
        }
      />
    </section>
  );
}

/** A file dropped beside its place must not replace the page. */
function useKeptPage(): void {
  useEffect(() => {
    const keepPage = (event: DragEvent) => {
      if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
    };
    addEventListener("dragover", keepPage);
    addEventListener("drop", keepPage);
    return () => {
      removeEventListener("dragover", keepPage);
      removeEventListener("drop", keepPage);
    };
  }, []);
}
