import type { ReactNode } from "react";
import { useState } from "react";
import type { Feature, Recommended } from "@/api/types";
import { copy } from "@/lib/copy";
import { csvOf, download, jspfOf, linksOf } from "@/lib/export";
import { Button } from "./Button";

interface Props {
  name: string;
  songs: readonly Recommended[];
  features: readonly Feature[];
  /** A button that stands behind the others. */
  children?: ReactNode;
}

/** Take a list along: its links, or a file. */
export function ExportBox({ name, songs, features, children }: Props) {
  const [said, setSaid] = useState<{ of: readonly Recommended[]; words: string } | null>(null);
  const none = songs.length === 0;
  const copyLinks = async () => {
    const copied = await copy(linksOf(songs));
    const made = songs.some((song) => song.url === null);
    const words = made ? "Copied; made-up songs have no links, so by their ids" : "Links copied";
    setSaid({
      of: songs,
      words: copied ? words : "Copying is not allowed here; download the CSV.",
    });
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={none} onClick={() => void copyLinks()}>
          Copy links
        </Button>
        <Button
          disabled={none}
          aria-label="Download CSV"
          onClick={() => download(`${name}.csv`, csvOf(songs, features), "text/csv")}
        >
          CSV
        </Button>
        <Button
          disabled={none}
          aria-label="Download JSPF"
          onClick={() => download(`${name}.jspf`, jspfOf(name, songs), "application/json")}
        >
          JSPF
        </Button>
        {children}
      </div>
      {/* A line of its own: what it says moves nothing. */}
      <p role="status" className="h-4 basis-full truncate text-xs text-muted sm:text-right">
        {said?.of === songs && said.words}
      </p>
    </>
  );
}
