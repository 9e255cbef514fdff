import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Loosening } from "@/api/types";
import { Loosenings } from "./Loosenings";

const CAP = { field: "variety.artist_cap", text: "At most one song of an artist", passing: 37 };
const HIGHER: Loosening = {
  changes: [{ field: "variety.artist_cap", value: 2 }],
  text: "Up to 2 songs of an artist",
  gain: 0,
  matches: 48,
  listed: 40,
  cost: 0.3,
};
const SHORT = { total_matches: 48, biting: [CAP], loosenings: [HIGHER] };

test("a list that the cap leaves short says why, and what fills it", async () => {
  const loosen = vi.fn();
  render(<Loosenings found={SHORT} listed={37} size={40} onLoosen={loosen} />);
  screen.getByText("The list has 37 songs of 40, though 48 match");
  screen.getByText("At most one song of an artist: 37 songs alone");
  screen.getByText("Each of these brings more:");
  await userEvent.click(screen.getByRole("button", { name: /3 more songs$/ }));
  expect(loosen).toHaveBeenCalledWith(HIGHER.changes);
});

test("a count tells of songs that match, and nothing where they are enough", () => {
  const counted = { ...HIGHER, gain: 12, listed: null };
  const { rerender } = render(
    <Loosenings
      found={{ total_matches: 28, biting: [], loosenings: [counted] }}
      listed={null}
      size={40}
      onLoosen={() => {}}
    />,
  );
  screen.getByText("Only 28 songs of 40 match");
  screen.getByRole("button", { name: /12 more songs$/ });
  rerender(<Loosenings found={SHORT} listed={null} size={40} onLoosen={() => {}} />);
  expect(screen.queryByRole("region")).toBeNull();
});
