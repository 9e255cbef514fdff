/** What a login can be for, beside reading playlists. */
export type Use = "save" | "known";

/** Under which the address says why nobody is logged in after a login. */
export const TOLD = "login";
/** Under which the address says what to go on with after a login. */
export const THEN = "then";

/** The address that logs in and comes back to where we are, to go on with `then` there. */
export function loginAddress(use?: Use, then?: Use): string {
  const here = new URL(location.href);
  here.searchParams.delete(TOLD);
  if (then !== undefined) here.searchParams.set(THEN, then);
  const query = new URLSearchParams({ next: here.pathname + here.search });
  if (use !== undefined) query.set("scope", use);
  return `/login?${query}`;
}
