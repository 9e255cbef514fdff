import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeQueryClient } from "@/api/client";
import { PlaylistList } from "./PlaylistList";

const empty = { items: [], total: 0, limit: 8, offset: 0, source: "catalog" };
const guest = { kind: "guest", name: null, scopes: [], login: null, account: false };
const server = setupServer(
  http.get("*/api/playlists", () => HttpResponse.json(empty)),
  http.get("*/api/session", () => HttpResponse.json({ ...guest, csrf_token: "t", expires: 1 })),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test("a catalog without playlists has no heading for them", async () => {
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <PlaylistList onOpen={() => undefined} />
    </QueryClientProvider>,
  );
  await screen.findByText(/The catalog has no playlists/);
  expect(screen.queryByRole("heading")).toBeNull();
  expect(screen.queryByRole("list")).toBeNull();
});
