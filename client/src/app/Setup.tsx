import type { ReactNode } from "react";
import { useState } from "react";
import { api, asProblem } from "@/api/client";
import { copy } from "@/lib/copy";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";

const DASHBOARD = "https://developer.spotify.com/dashboard";

const NOW = {
  spotify: "People log in with Spotify here already.",
  demo: "Now people can only try a login out, as made-up listeners.",
  none: "Now nobody can log in here.",
};

/** Leads whoever runs this server through Spotify's dashboard, as docs/spotify-setup.md does. */
export default function Setup() {
  const setup = api.useQuery("get", "/api/setup");
  const problem = asProblem(setup.error);
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto grid w-full max-w-2xl content-start gap-4 px-4 py-8 outline-none"
    >
      <h1 tabIndex={-1} className="text-2xl font-semibold outline-none">
        Set up Spotify
      </h1>
      {problem && <Trouble problem={problem} onRetry={() => void setup.refetch()} />}
      {!problem && !setup.data && <Skeleton lines={8} label="Loading the steps" />}
      {setup.data && (
        <>
          <p className="text-muted">
            For whoever runs this server: ten minutes, and a Spotify account with Premium.{" "}
            {NOW[setup.data.login ?? "none"]}
          </p>
          <ol className="grid gap-4">
            <Step number={1} title="Open Spotify's dashboard.">
              Go to{" "}
              <a
                className="text-accent underline underline-offset-2"
                href={DASHBOARD}
                target="_blank"
                rel="noreferrer"
              >
                developer.spotify.com/dashboard
              </a>
              , log in with a Spotify account that has Premium, and accept the developer terms.
              Spotify serves an app only while its owner has Premium.
            </Step>
            <Step number={2} title="Create an app.">
              Press “Create app”. Name and description are up to you; people see them when they are
              asked.
            </Step>
            <Step number={3} title="Choose the Web API.">
              Under “Which API/SDKs are you planning to use?” tick “Web API”, and nothing else.
            </Step>
            <Step number={4} title="Paste the redirect URI.">
              To the letter, and press “Add”:
              <Address uri={setup.data.redirect_uri} />
              Then accept the terms and press “Save”.
            </Step>
            <Step number={5} title="Copy the client id.">
              From the app's “Settings” into the file <Code>.env</Code> of this server, then start
              it again: <Code>SPOTIPY_CLIENT_ID=…</Code> A client secret is not needed.
            </Step>
            <Step number={6} title="Add your listeners.">
              A new app is in development mode: under “User Management” add the name and e-mail
              address of each Spotify account that may use it, up to five. Others can log in, but
              Spotify refuses everything after that.
            </Step>
          </ol>
        </>
      )}
    </main>
  );
}

function Step(props: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3 rounded-lg border border-line bg-surface p-4">
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-full bg-surface-2 font-semibold"
      >
        {props.number}
      </span>
      <div className="min-w-0 grow">
        <h2 className="text-base font-semibold">{props.title}</h2>
        <div className="mt-1 text-muted">{props.children}</div>
      </div>
    </li>
  );
}

function Address({ uri }: { uri: string }) {
  const [said, setSaid] = useState("");
  const put = async () =>
    setSaid((await copy(uri)) ? "Copied" : "Copying is not allowed here: mark it, and copy it.");
  return (
    <div className="my-2 flex flex-wrap items-center gap-2">
      <Code>{uri}</Code>
      <Button onClick={() => void put()}>Copy</Button>
      <span role="status" className="text-xs">
        {said}
      </span>
    </div>
  );
}

function Code({ children }: { children: string }) {
  return (
    <code className="rounded bg-surface-2 px-1 text-text select-all wrap-anywhere">{children}</code>
  );
}
