import { Command } from "./Command";

/** Says that the songs are made up, and how to get real ones. */
export function MadeUp() {
  return (
    <p className="rounded-lg border border-line bg-surface p-3 text-muted">
      <strong className="text-text">These songs are made up.</strong> They show how SpotAI works and
      cannot be played. Load real ones on the server with <Command>load FILE</Command> and then{" "}
      <Command>snapshot</Command>.
    </p>
  );
}
