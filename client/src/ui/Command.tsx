/** A command of SpotAI as it is typed on the server, in the folder of the project. */
export function Command({ children }: { children: string }) {
  return (
    <code className="break-words rounded bg-surface-2 px-1 text-text">
      .venv/bin/python -m spotai {children}
    </code>
  );
}
