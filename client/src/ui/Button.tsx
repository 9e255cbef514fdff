import type { ComponentProps } from "react";

const LOOKS = {
  main: "bg-accent text-on-accent border-accent font-medium",
  plain: "bg-surface border-control hover:bg-surface-2",
  bare: "border-transparent text-accent hover:bg-surface-2",
};

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
}

/**
 * A button of at least 44 px on narrow screens; one `main` in a region. A disabled one does
 * nothing but keeps the focus: the key that was pressed on it must not throw people out.
 */
export function Button({
  look = "plain",
  className = "",
  disabled = false,
  onClick,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      aria-disabled={disabled}
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-surface-2 aria-disabled:text-muted lg:min-h-9 ${LOOKS[look]} ${className}`}
      onClick={disabled ? undefined : onClick}
      {...rest}
    />
  );
}
