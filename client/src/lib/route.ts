import { useSyncExternalStore } from "react";

const CHANGED = "popstate";

/** The path of the page, kept true to the browser's back and forward. */
export function usePath(): string {
  return useSyncExternalStore(listen, () => location.pathname);
}

/** The id or code of the recipe that the address asks to open. */
export function useLinkedRecipe(): string | null {
  return useSyncExternalStore(listen, () => new URLSearchParams(location.search).get("recipe"));
}

/** An address of this page: `/tune`, `/?recipe=…`. */
export function goTo(address: string): void {
  if (address === location.pathname + location.search) return;
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent(CHANGED));
}

/** Go on to an address; the one left is no step to go back to. */
export function replaceWith(address: string): void {
  history.replaceState(null, "", address);
  dispatchEvent(new PopStateEvent(CHANGED));
}

/** What the address says under a name. */
export function parameter(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

/** Take what was said under a name from the address: a reload does not say it again. */
export function dropParameter(name: string): void {
  const here = new URL(location.href);
  if (!here.searchParams.has(name)) return;
  here.searchParams.delete(name);
  history.replaceState(null, "", here.pathname + here.search + here.hash);
}

function listen(changed: () => void): () => void {
  addEventListener(CHANGED, changed);
  return () => removeEventListener(CHANGED, changed);
}
