import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { LoginNotice } from "@/features/account/LoginNotice";
import type { Made } from "@/lib/keptList";
import { keepList, keptList } from "@/lib/keptList";
import { goTo, replaceWith, useLinkedRecipe, usePath } from "@/lib/route";
import { useShortcuts } from "@/lib/useShortcuts";
import { Console } from "./Console";
import { Home } from "./Home";
import { LinkedRecipe } from "./LinkedRecipe";
import { NoSuchPage } from "./NoSuchPage";
import { TopBar } from "./TopBar";
import { useRecipe } from "./useRecipe";

const Setup = lazy(() => import("./Setup"));

export function App() {
  const path = usePath();
  const linked = useLinkedRecipe();
  const { history, edit, undo, redo } = useRecipe();
  const draft = history.present;
  const [made, setMade] = useState<Made | null>(keptList);
  useEffect(() => keepList(made), [made]);
  // Nobody undoes what is not in sight.
  useShortcuts(path === "/tune" ? { "ctrl+z": undo, "ctrl+shift+z": redo, "ctrl+y": redo } : {});
  useTitle(path === "/tune" && draft ? `${draft.name} · SpotAI` : "SpotAI");

  const page = () => {
    if (path === "/tune" && draft) {
      return <Console draft={draft} made={made} onMade={setMade} onEdit={edit} />;
    }
    if (path === "/setup") {
      return (
        <Suspense>
          <Setup />
        </Suspense>
      );
    }
    if (path !== "/" && path !== "/tune") return <NoSuchPage />;
    if (path === "/" && linked !== null) {
      return (
        <LinkedRecipe
          id={linked}
          onOpen={(opened) => {
            edit({ type: "load", draft: opened });
            replaceWith("/tune");
          }}
        />
      );
    }
    return (
      <Home
        draft={draft}
        onOpen={(seed, name, demo) => {
          edit({ type: "open", seed, name, demo });
          goTo("/tune");
        }}
      />
    );
  };
  return (
    <div className={`flex min-h-dvh flex-col ${path === "/tune" && draft ? "lg:h-dvh" : ""}`}>
      <TopBar
        name={path === "/tune" ? draft?.name : undefined}
        undo={history.past.length > 0 ? undo : null}
        redo={history.future.length > 0 ? redo : null}
      />
      <LoginNotice />
      {page()}
    </div>
  );
}

/** Name the page, and take the focus to its heading when people went on to it. */
function useTitle(title: string) {
  const path = usePath();
  const came = useRef(path);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (came.current === path) return;
    came.current = path;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("h1")?.focus();
  }, [path]);
}
