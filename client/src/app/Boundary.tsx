import type { ReactNode } from "react";
import { Component } from "react";
import { keep } from "@/lib/kept";
import { keepList } from "@/lib/keptList";
import { Button } from "@/ui/Button";

interface State {
  broken: boolean;
}

/** What is shown when the page itself has a fault; the recipe is kept in the tab. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  /** What broke the page may be the list, which can be made anew. */
  override componentDidCatch(): void {
    keepList(null);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main id="main" className="mx-auto max-w-xl p-6">
        <h1 className="text-xl font-semibold">This page has a fault</h1>
        <p className="my-3 text-muted">
          Your recipe is kept in this tab. Load the page again; if that does not help, start anew
          without the recipe.
        </p>
        <Button look="main" onClick={() => location.reload()}>
          Load again
        </Button>{" "}
        <Button
          onClick={() => {
            keep(null);
            location.assign("/");
          }}
        >
          Start anew
        </Button>
      </main>
    );
  }
}
