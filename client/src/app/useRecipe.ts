import { useCallback, useEffect, useReducer } from "react";
import { keep, kept } from "@/lib/kept";
import type { Edit, History } from "@/lib/recipe";
import { EMPTY, reduce } from "@/lib/recipe";

interface RecipeState {
  history: History;
  edit: (edit: Edit) => void;
  undo: () => void;
  redo: () => void;
}

/** The recipe with its history; kept over a reload of the tab. */
export function useRecipe(): RecipeState {
  const [history, dispatch] = useReducer(reduce, EMPTY, (empty) => ({ ...empty, present: kept() }));
  useEffect(() => keep(history.present), [history.present]);
  return {
    history,
    edit: useCallback((edit) => dispatch({ ...edit, at: Date.now() }), []),
    undo: useCallback(() => dispatch({ type: "undo" }), []),
    redo: useCallback(() => dispatch({ type: "redo" }), []),
  };
}
