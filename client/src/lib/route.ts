import { useSyncExternalStore } from "react";

const CHANGED = "popstate";

/** The path of the page, kept true to the browser's back and forward. */
export function usePath(): string {
  return useSyncExternalStore(
    (changed) => {
      addEventListener(CHANGED, changed);
      return () => removeEventListener(CHANGED, changed);
    },
    () => location.pathname,
  );
}

export function goTo(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent(CHANGED));
}
