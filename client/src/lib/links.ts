import { client } from "@/api/client";
import { NAME_CHARACTERS } from "@/api/limits";
import { Problem } from "@/api/problem";
import type { SavedRecipe } from "@/api/types";
import type { Draft } from "./recipe";
import { recipeOf } from "./recipe";

interface Linked {
  /** `/?recipe=…` */
  path: string;
  /** The recipe was saved for it: the link works as long as it is kept. */
  saved: boolean;
}

/** A link to a recipe; one with more than `most` characters names a saved recipe instead. */
export async function linkOf(draft: Draft, most = Infinity): Promise<Linked> {
  try {
    const { data } = await client.POST("/api/links", { body: recipeOf(draft) });
    const { link } = data as { link: string };
    if (link.length <= most) return { path: link, saved: false };
  } catch (error) {
    if (!(error instanceof Problem && error.kind === "invalid-recipe")) throw error;
  }
  const saved = await saveRecipe(draft.name, draft);
  return { path: saved.link.length <= most ? saved.link : `/?recipe=${saved.id}`, saved: true };
}

export async function saveRecipe(name: string, draft: Draft): Promise<SavedRecipe> {
  const body = { name: name.slice(0, NAME_CHARACTERS), recipe: recipeOf(draft) };
  const { data } = await client.POST("/api/recipes", { body });
  return data as SavedRecipe;
}
