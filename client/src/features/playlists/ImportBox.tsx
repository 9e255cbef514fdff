import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asProblem, client } from "@/api/client";
import { useAnswers } from "@/api/answered";
import type { Imported } from "@/api/types";
import { LARGEST_FILE, uploadOf } from "@/api/upload";
import { Button } from "@/ui/Button";
import { Trouble } from "@/ui/Trouble";
import type { Chosen } from "./basket";
import { chosenOf } from "./basket";
import { ImportOutcome } from "./ImportOutcome";

interface Props {
  onFound: (songs: readonly Chosen[], name: string) => void;
}

type Given = { file: File } | { text: string };

/** Drop a playlist file, choose one, or paste links; says what was not recognised. */
export function ImportBox({ onFound }: Props) {
  const [text, setText] = useState("");
  const pasted = useId();
  const reading = useMutation({
    mutationFn: read,
    onSuccess: (found, given) => {
      const name = "file" in given ? nameOf(given.file) : "";
      if (found.tracks.length > 0) onFound(found.tracks.map(chosenOf), name);
    },
  });
  const take = (file: File | undefined) => {
    if (file) reading.mutate({ file });
  };
  const problem = asProblem(reading.error);
  const given = reading.variables;
  const pasteText = given && "text" in given ? given.text : "";
  // What failed for a while is over when the server answers something else, but it says nothing
  // of what was deferred.
  useAnswers(() => {
    if (problem?.passing && !problem.deferred) reading.reset();
  });
  return (
    <div className="grid gap-3">
      <label className="relative block rounded-lg border border-dashed border-control p-4 text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <span className="block font-medium">Drop a playlist file, or choose one</span>
        <span className="block text-xs text-muted">
          Exportify or another CSV, JSPF, M3U, links; up to {LARGEST_FILE}
        </span>
        <input
          type="file"
          aria-label="Playlist file"
          className="absolute inset-0 h-full w-full cursor-pointer opacity-0"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = ""; // so that the same file can be chosen again
          }}
        />
      </label>
      <details>
        <summary className="min-h-11 py-3 font-medium lg:min-h-9 lg:py-2">
          Paste links instead
        </summary>
        <label htmlFor={pasted} className="text-xs text-muted">
          Spotify track links, URIs or ids, one a line; no link is opened
        </label>
        <textarea
          id={pasted}
          data-writing
          rows={4}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            if (problem) reading.reset();
          }}
          className="my-1 w-full rounded-lg border border-control bg-surface p-2"
        />
        <Button disabled={text.trim() === ""} onClick={() => reading.mutate({ text })}>
          Find these songs
        </Button>
      </details>
      <div role="status">
        {reading.isPending
          ? "Reading…"
          : reading.data && <ImportOutcome found={reading.data} pasted={pasteText} />}
      </div>
      {problem && <Trouble problem={problem} onRetry={given && (() => reading.mutate(given))} />}
    </div>
  );
}

/** Exportify names its files after the playlist, with `_` for blanks. */
function nameOf(file: File): string {
  return file.name.replace(/\.\w+(\.gz)?$/, "").replaceAll("_", " ");
}

async function read(given: Given): Promise<Imported> {
  if ("text" in given) {
    const { data } = await client.POST("/api/imports", { body: { text: given.text } });
    return data as Imported;
  }
  const { data } = await client.POST("/api/imports", uploadOf(given.file));
  return data as Imported;
}
