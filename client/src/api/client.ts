import type { Query } from "@tanstack/react-query";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import createClient from "openapi-fetch";
import createHooks from "openapi-react-query";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { forgetSession, onForgotten, sessionFetch } from "./session";

/** Under which react-query keeps who asks. */
export const SESSION_KEY = ["session"];

export const client = createClient<paths>({
  baseUrl: location.origin,
  fetch: sessionFetch,
});

export const api = createHooks(client);

/**
 * Nothing is asked again behind people's backs: the page says what happened and when it retries.
 * Only when the server answers after a silence, all that fell into the silence is asked once more.
 */
export function makeQueryClient(): QueryClient {
  const onSuccess = () => {
    const filters = { type: "active", predicate: ({ state }: Query) => isSilence(state) } as const;
    void queries.refetchQueries(filters, { cancelRefetch: false });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onSuccess, onError }),
    mutationCache: new MutationCache({ onSuccess, onError }),
    defaultOptions: {
      queries: {
        retry: false,
        refetchOnWindowFocus: false,
        staleTime: 60_000,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  onForgotten(() => void queries.invalidateQueries({ queryKey: SESSION_KEY }));
  return queries;
}

/** A login that has ended leaves a guest. */
function onError(error: Error): void {
  if (error instanceof Problem && error.kind === "spotify-login-ended") forgetSession();
}

function isSilence({ error }: Query["state"]): boolean {
  return error instanceof Problem && error.kind === "unreachable";
}

/** Every call throws a Problem; anything else is a fault of ours and goes to the page's boundary. */
export function asProblem(error: unknown): Problem | null {
  if (error === null || error === undefined) return null;
  if (error instanceof Problem) return error;
  throw error;
}
