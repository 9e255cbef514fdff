import type { MouseEvent } from "react";
import { AccountMenu } from "@/features/account/AccountMenu";
import { goTo } from "@/lib/route";

interface Props {
  name: string | undefined;
  /** Null when there is nothing to undo. */
  undo: (() => void) | null;
  redo: (() => void) | null;
}

const TOOL = "size-11 shrink-0 rounded-lg hover:bg-surface-2 aria-disabled:opacity-40 lg:size-9";

function goHome(event: MouseEvent): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  goTo("/");
}

/** Without the address of a place: `#main` is no step to go back to. */
function goToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

export function TopBar({ name, undo, redo }: Props) {
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 lg:px-5">
      <a
        href="#main"
        className="absolute top-2 left-2 z-30 -translate-y-16 rounded-lg bg-surface px-3 py-2 focus-visible:translate-y-0"
        onClick={goToMain}
      >
        Skip to content
      </a>
      <a
        href="/"
        onClick={goHome}
        className="flex min-h-11 items-center gap-2 text-base font-semibold"
      >
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path className="fill-text" d="M2 11h3v6H2zm5-3h3v6H7zm5-5h3v9h-3zm5 6h3v6h-3z" />
          <path className="fill-accent" d="m12 14 4.5 4.5L12 23l-4.5-4.5z" />
        </svg>
        SpotAI
      </a>
      {name !== undefined && (
        <>
          <span className="min-w-0 truncate border-l border-line pl-3" title={name}>
            <bdi>{name}</bdi>
          </span>
          <span className="ml-auto flex shrink-0">
            <Tool
              label="Undo"
              keys="Control+Z"
              path="M5 3 2 6l3 3M2 6h7a4 4 0 0 1 0 8H6"
              act={undo}
            />
            <Tool
              label="Redo"
              keys="Control+Shift+Z"
              path="m11 3 3 3-3 3m3-3H7a4 4 0 0 0 0 8h3"
              act={redo}
            />
          </span>
        </>
      )}
      {name === undefined && (
        <a
          href="/apidocs/"
          className="ml-auto flex min-h-11 items-center text-muted underline underline-offset-2"
        >
          API
        </a>
      )}
      <AccountMenu />
    </header>
  );
}

function Tool(props: { label: string; keys: string; path: string; act: (() => void) | null }) {
  const { label, keys, path, act } = props;
  return (
    <button
      type="button"
      className={TOOL}
      title={`${label} (${keys})`}
      aria-keyshortcuts={keys}
      aria-disabled={act === null}
      onClick={() => act?.()}
    >
      <svg
        viewBox="0 0 16 16"
        width="16"
        height="16"
        className="m-auto fill-none stroke-text"
        aria-hidden="true"
      >
        <path d={path} strokeWidth="1.5" />
      </svg>
      <span className="sr-only">{label}</span>
    </button>
  );
}
