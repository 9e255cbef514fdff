import { useEffect, useEffectEvent } from "react";

/** Run actions by their keys, such as `ctrl+z` or `ctrl+shift+z`; ⌘ counts as Ctrl. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const keys = [
      event.ctrlKey || event.metaKey ? "ctrl" : "",
      event.shiftKey ? "shift" : "",
      event.key.toLowerCase(),
    ];
    const action = actions[keys.filter(Boolean).join("+")];
    // A text that is being written has an undo and an Escape of its own.
    const writing = event.target instanceof HTMLElement && event.target.matches("[data-writing]");
    const own = ["z", "y", "escape"].includes(event.key.toLowerCase());
    if (action === undefined || (writing && own)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}
