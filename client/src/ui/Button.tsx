import type { ComponentProps } from "react";

const LOOKS = {
  main: "bg-accent text-on-accent border-accent font-medium",
  plain: "bg-surface border-control hover:bg-surface-2",
  bare: "border-transparent text-accent hover:bg-surface-2",
};

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
}

/** A button of at least 44 px on narrow screens; one `main` in a region. */
export function Button({ look = "plain", className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 disabled:cursor-not-allowed disabled:border-line disabled:bg-surface-2 disabled:text-muted lg:min-h-9 ${LOOKS[look]} ${className}`}
      {...rest}
    />
  );
}
