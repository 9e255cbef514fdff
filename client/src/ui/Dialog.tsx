import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";

interface Props {
  title: string;
  /** The dialog was left, whatever with; the focus goes back to what had it before. */
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog, on narrow screens at the bottom. Escape and its cross leave it. */
export function Dialog({ title, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={heading}
      onClose={onClose}
      className="m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-y-auto rounded-t-xl border border-line bg-surface p-0 text-text backdrop:bg-black/50 sm:m-auto sm:w-[480px] sm:rounded-xl"
    >
      <div className="flex items-center justify-between gap-2 px-5 pt-4">
        <h2 id={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
          {title}
        </h2>
        <button
          type="button"
          aria-label="Close"
          className="-mr-2 size-11 shrink-0 rounded-lg hover:bg-surface-2 lg:size-9"
          onClick={onClose}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" className="m-auto" aria-hidden="true">
            <path className="fill-none stroke-text" strokeWidth="1.5" d="m3 3 10 10M13 3 3 13" />
          </svg>
        </button>
      </div>
      {children}
    </dialog>
  );
}
