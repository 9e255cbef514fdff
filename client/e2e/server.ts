import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the server with the made-up catalog listens. */
    demo: string;
    /** Its data folder. */
    demoFolder: string;
    /** One whose listeners log in at a stand-in for Spotify. */
    account: string;
    /** That stand-in, and the key by which it takes orders. */
    standin: string;
    standinKey: string;
    /** The one with real songs; empty without SPOTAI_TEST_DATA. */
    real: string;
    exportify: string;
  }
}

const ROOT = resolve(import.meta.dirname, "../..");
export const PYTHON = process.env.SPOTAI_PYTHON ?? join(ROOT, ".venv/bin/python");
// The first start on a machine compiles the search.
const READY_MS = 240_000;

/** Start the real server on its own folder and a free port, and one with real songs if there are any. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(ROOT, "spotai/static/index.html"))) {
    throw new Error("The page is not built: run `npm run build` first.");
  }
  const folder = mkdtempSync(join(tmpdir(), "spotai-e2e-"));
  const running: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(running.map(end));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const data = realSongs();
    const exportify = data && join(data, "raw/exportify_net_2026_50s_housewife.csv");
    project.provide("exportify", exportify);
    project.provide("demo", await serve(join(folder, "demo"), running));
    project.provide("demoFolder", join(folder, "demo"));
    const standin = await startWithStandin(join(folder, "account"), running);
    project.provide("account", standin.account);
    project.provide("standin", standin.address);
    project.provide("standinKey", standin.key);
    project.provide("real", "");
    if (data) {
      for (const file of [join(data, "sample_4000.csv"), exportify]) {
        const own = environment(join(folder, "real"));
        execFileSync(PYTHON, ["-m", "spotai", "load", "--quiet", file], {
          env: own,
          cwd: folder,
          stdio: "pipe",
        });
      }
      project.provide("real", await serve(join(folder, "real"), running));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** The folder of real songs, or nothing: their tests are left out then, in plain words. */
function realSongs(): string {
  const data = process.env.SPOTAI_TEST_DATA ?? "";
  if (data && existsSync(join(data, "sample_4000.csv"))) return data;
  const why = data ? `there is no sample_4000.csv in ${data}` : "SPOTAI_TEST_DATA is not set";
  if (data && process.env.CI === "true") throw new Error(`Real songs are missing: ${why}.`);
  console.warn(`The journey with real songs is left out: ${why}.`);
  return "";
}

function environment(dataFolder: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(SPOTAI|MYSQL|SPOTIPY)_/.test(name),
  );
  return { ...Object.fromEntries(others), SPOTAI_DATA_DIR: dataFolder };
}

/** A server, and a stand-in for Spotify that takes orders; of its songs it can be told only then. */
async function startWithStandin(dataFolder: string, running: ChildProcess[]) {
  const [port, standinPort] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${standinPort}`;
  const key = randomUUID();
  const redirect = `http://127.0.0.1:${port}/callback`;
  const account = await serve(dataFolder, running, {
    SPOTAI_PORT: String(port),
    SPOTIPY_CLIENT_ID: "spotify-standin",
    SPOTIPY_REDIRECT_URI: redirect,
    SPOTAI_SPOTIFY_API_URL: `${address}/v1/`,
    SPOTAI_SPOTIFY_ACCOUNTS_URL: address,
  });
  const options = ["--port", String(standinPort), "--redirect-uri", redirect, "--control-key", key];
  const standin = spawn(PYTHON, ["-m", "spotai", "standin", ...options], {
    cwd: tmpdir(),
    env: environment(dataFolder),
    stdio: "ignore",
  });
  running.push(standin);
  const until = Date.now() + READY_MS;
  while (Date.now() < until && standin.exitCode === null) {
    if (await fetch(address).catch(() => null)) return { account, address, key };
    await pause(200);
  }
  throw new Error("the stand-in for Spotify did not get ready");
}

async function serve(
  dataFolder: string,
  running: ChildProcess[],
  settings: NodeJS.ProcessEnv = {},
): Promise<string> {
  const port = settings.SPOTAI_PORT ?? String(await freePort());
  const server = spawn(PYTHON, ["-m", "spotai", "serve"], {
    cwd: tmpdir(),
    env: { ...environment(dataFolder), SPOTAI_PORT: port, ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.push(server);
  let log = "";
  server.stderr.on("data", (part: Buffer) => (log += part.toString()));
  const address = `http://127.0.0.1:${port}`;
  const until = Date.now() + READY_MS;
  while (Date.now() < until && server.exitCode === null) {
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) return address;
    await pause(200);
  }
  throw new Error(`the server did not get ready:\n${log}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}
