import { keep } from "./kept";
import { keepList } from "./keptList";
import { keepOrder } from "./keptOrder";

/** Forget what this tab keeps over a reload. */
export function forgetTab(): void {
  keep(null);
  keepList(null);
  keepOrder(null);
}
