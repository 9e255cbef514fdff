import { api, asProblem } from "@/api/client";
import type { Session } from "@/api/session";
import { forgetTab } from "@/lib/forget";
import { TOLD } from "@/lib/login";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Trouble } from "@/ui/Trouble";

interface Props {
  session: Session;
  onClose: () => void;
}

/** Asks once more before all that is kept of who asks is deleted, and says what that is. */
export default function DeleteDialog({ session, onClose }: Props) {
  const deleting = api.useMutation("delete", "/api/account", {
    onSuccess: () => {
      forgetTab();
      // The page begins anew: nothing of what it held before is to stay in it.
      location.assign(`/?${TOLD}=deleted`);
    },
  });
  const problem = asProblem(deleting.error);
  const busy = deleting.isPending || deleting.isSuccess;
  return (
    <Dialog title="Delete everything?" onClose={onClose}>
      <div className="grid gap-3 px-5 py-4">
        <p>This goes at once and for good, on all machines:</p>
        <ul className="list-disc pl-5">
          {session.account && (
            <>
              <li>your account here: Spotify's id of you, your name, when you logged in</li>
              <li>SpotAI's access to your Spotify account, and all sessions</li>
              <li>what was read of your playlists and of the songs you know</li>
            </>
          )}
          <li>saved recipes, and links to them</li>
          <li>songs you told SpotAI that you know</li>
          <li>the recipe and list in this tab</li>
        </ul>
        <p className="text-muted">
          Playlists that were saved on Spotify are yours and stay there. Nothing else is kept of
          you: no e-mail address, no password, nothing of what you searched for.
        </p>
        {problem && <Trouble problem={problem} onRetry={() => deleting.mutate({})} />}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">
        <Button onClick={onClose}>Keep it</Button>
        <Button
          className="border-danger! text-danger"
          disabled={busy}
          onClick={() => deleting.mutate({})}
        >
          {busy ? "Deleting…" : "Delete everything"}
        </Button>
      </div>
    </Dialog>
  );
}
