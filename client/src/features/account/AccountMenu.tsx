import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import { api, asProblem } from "@/api/client";
import { forgetSession } from "@/api/session";
import { useSession } from "@/api/useSession";
import { loginAddress } from "@/lib/login";
import { goTo } from "@/lib/route";
import { Button, ButtonLink } from "@/ui/Button";
import { Trouble } from "@/ui/Trouble";
import { LOGIN_WORDS } from "./words";

const DeleteDialog = lazy(() => import("./DeleteDialog"));

const MENU = "account-menu";

/** Who is logged in, and the way in and out; nothing while that is not known. */
export function AccountMenu() {
  const session = useSession();
  const queries = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const leaving = api.useMutation("post", "/logout", {
    onSuccess: () => {
      forgetSession();
      // What was answered to the listener is nothing for a guest.
      void queries.resetQueries();
      menu.current?.hidePopover();
      goTo("/");
    },
  });
  // What comes later moves nothing.
  if (session === undefined) return <div className="size-11 shrink-0 lg:size-9" />;
  const { kind, name, login } = session;
  const problem = asProblem(leaving.error);
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={MENU}
        aria-label={kind === "spotify" ? `Account: ${name}` : "Account"}
        className="grid size-11 shrink-0 place-items-center rounded-full font-medium hover:bg-surface-2 lg:size-9"
      >
        <span
          aria-hidden="true"
          className="grid size-8 place-items-center rounded-full border border-control"
        >
          {kind === "spotify" ? (name?.[0]?.toUpperCase() ?? "?") : <Nobody />}
        </span>
      </button>
      <div
        ref={menu}
        id={MENU}
        popover="auto"
        className="inset-auto top-14 right-2 m-0 w-72 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-surface p-4 text-text shadow-lg"
      >
        <div className="grid gap-3">
          <p className="wrap-anywhere">
            {kind === "spotify" ? (
              <>
                Logged in as <strong className="font-semibold">{name}</strong>
                {login === "demo" && " at a stand-in for Spotify"}.
              </>
            ) : (
              "You are here as a guest."
            )}
          </p>
          {kind === "spotify" && (
            <Button disabled={leaving.isPending} onClick={() => leaving.mutate({})}>
              Log out
            </Button>
          )}
          {kind === "guest" && login !== null && (
            <ButtonLink look="main" href={loginAddress()}>
              {LOGIN_WORDS[login]}
            </ButtonLink>
          )}
          {problem && <Trouble problem={problem} />}
          <Button
            className="text-danger"
            onClick={() => {
              menu.current?.hidePopover();
              setDeleting(true);
            }}
          >
            Delete everything SpotAI keeps of me
          </Button>
        </div>
      </div>
      {deleting && (
        <Suspense>
          <DeleteDialog
            session={session}
            onClose={() => {
              setDeleting(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function Nobody() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" className="fill-none stroke-text">
      <circle cx="8" cy="5.5" r="2.5" strokeWidth="1.5" />
      <path d="M3 13.5a5 5 0 0 1 10 0" strokeWidth="1.5" />
    </svg>
  );
}
