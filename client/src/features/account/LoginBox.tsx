import { useSession } from "@/api/useSession";
import { loginAddress } from "@/lib/login";
import { ButtonLink } from "@/ui/Button";
import { LOGIN_WORDS } from "./words";

/** The way in with Spotify on the first page, or who is in. */
export function LoginBox() {
  const session = useSession();
  // What comes later moves nothing.
  if (session === undefined) return <div className="min-h-23 sm:min-h-11" />;
  const { kind, login, name } = session;
  if (kind === "spotify") {
    return (
      <p className="wrap-anywhere">
        Logged in as <strong className="font-semibold">{name}</strong>
        {login === "demo" && " at a stand-in for Spotify"}. Your playlists are here.
      </p>
    );
  }
  if (login === null) {
    return (
      <p className="text-muted">
        Nobody can log in here yet: whoever runs this server can{" "}
        <a href="/setup" className="underline underline-offset-2">
          set up Spotify
        </a>{" "}
        in six steps. All else works without.
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ButtonLink
        look="main"
        className="w-full text-base sm:w-auto lg:min-h-11"
        href={loginAddress()}
      >
        {LOGIN_WORDS[login]}
      </ButtonLink>
      <p className="min-w-48 grow basis-0 text-xs text-muted">
        {login === "demo"
          ? "At a stand-in for Spotify: made-up people, to try out what a login brings."
          : "Reads your playlists. Writes only when you press Save."}
      </p>
    </div>
  );
}
