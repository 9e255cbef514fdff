import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Facets } from "./Facets";

const FACETS = [
  { number: 1, name: "calm, acoustic", songs: 60, examples: [] },
  { number: 2, name: "loud electric", songs: 40, examples: [] },
];

function Switch() {
  const [chosen, setChosen] = useState<number | null>(null);
  return <Facets facets={FACETS} chosen={chosen} onChoose={setChosen} />;
}

function isOn(name: RegExp) {
  return screen.getByRole<HTMLInputElement>("radio", { name }).checked;
}

test("a mood is switched on alone, by pointer and by keyboard", async () => {
  const user = userEvent.setup();
  render(<Switch />);
  expect(isOn(/^All songs · 100$/)).toBe(true);
  await user.click(screen.getByRole("radio", { name: /^loud electric/ }));
  expect(isOn(/^loud electric/)).toBe(true);
  screen.getByRole("radio", { name: /^All songs/ }).focus();
  await user.keyboard(" ");
  expect(isOn(/^All songs/)).toBe(true);
});
