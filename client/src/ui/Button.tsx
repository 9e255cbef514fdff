import type { ComponentProps } from "react";

const LOOKS = {
  main: "bg-accent text-on-accent border-accent font-medium",
  plain: "bg-surface border-control hover:bg-surface-2",
  bare: "border-transparent text-accent hover:bg-surface-2",
};

export type Look = keyof typeof LOOKS;

const SHAPE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 lg:min-h-9";

interface Props extends ComponentProps<"button"> {
  look?: Look;
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
      className={`${SHAPE} aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-surface-2 aria-disabled:text-muted ${LOOKS[look]} ${className}`}
      onClick={disabled ? undefined : onClick}
      {...rest}
    />
  );
}

interface LinkProps extends ComponentProps<"a"> {
  look?: Look;
}

/** A link that looks like a button: it leads to another page. */
export function ButtonLink({ look = "plain", className = "", children, ...rest }: LinkProps) {
  return (
    <a className={`${SHAPE} ${LOOKS[look]} ${className}`} {...rest}>
      {children}
    </a>
  );
}
