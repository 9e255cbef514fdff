import { QueryClient } from "@tanstack/react-query";
import createClient from "openapi-fetch";
import createHooks from "openapi-react-query";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { sessionFetch } from "./session";

export const client = createClient<paths>({
  baseUrl: location.origin,
  fetch: sessionFetch,
});

export const api = createHooks(client);

/** Nothing is asked again behind people's backs: the page says what happened and when it retries. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
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
}

/** Every call throws a Problem; anything else is a fault of ours and goes to the page's boundary. */
export function asProblem(error: unknown): Problem | null {
  if (error === null || error === undefined) return null;
  if (error instanceof Problem) return error;
  throw error;
}
