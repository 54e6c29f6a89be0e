import { Link, type LinkProps } from "@remix-run/react";
import { clsx } from "clsx";
import { type ButtonHTMLAttributes, forwardRef } from "react";

export type ButtonTone = "primary" | "default" | "danger" | "quiet";
export type ButtonSize = "sm" | "md";

interface Look {
  readonly tone?: ButtonTone;
  readonly size?: ButtonSize;
}

const tones: Record<ButtonTone, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong",
  default: "bg-surface text-ink border-line-strong hover:bg-hover",
  danger: "bg-bad text-on-bad border-transparent hover:opacity-90",
  quiet: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
};
const sizes: Record<ButtonSize, string> = { sm: "h-7 px-2 text-sm gap-1", md: "h-8 px-3 gap-1.5" };

export function buttonClass({ tone = "default", size = "md" }: Look, extra?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50",
    tones[tone],
    sizes[size],
    extra,
  );
}

/** As in HTML, a button in a form submits it unless it has another `type`. */
export const Button = forwardRef<HTMLButtonElement, Look & ButtonHTMLAttributes<HTMLButtonElement>>(function Button(
  { tone, size, className, ...rest },
  ref,
) {
  return <button ref={ref} className={buttonClass({ tone, size }, className)} {...rest} />;
});

export function ButtonLink({ tone, size, className, ...rest }: Look & LinkProps) {
  return <Link className={buttonClass({ tone, size }, className)} {...rest} />;
}
