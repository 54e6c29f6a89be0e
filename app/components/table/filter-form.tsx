import { useLocation, useNavigate } from "@remix-run/react";
import type { FormEvent, ReactNode } from "react";
import { keptParams, submittedSearch } from "./filter-links.ts";

interface FilterFormProps {
  /** The params this form decides; all others are carried along. */
  readonly names: readonly string[];
  readonly className?: string;
  readonly children: ReactNode;
}

export function FilterForm({ names, className, children }: FilterFormProps) {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    navigate(pathname + submittedSearch(new FormData(event.currentTarget)));
  }
  return (
    <form method="get" action={pathname} onSubmit={submit} className={className}>
      {keptParams(search, names).map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
