import { Download, Printer } from "lucide-react";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink, buttonClass } from "../ui/button.tsx";

interface PeriodActionsProps {
  readonly environment: Environment;
  /** A day or a month. */
  readonly period: string;
  readonly statement: string;
  readonly canExport: boolean;
}

/** What accountants take away of a period: the sheet and the journal. */
export function PeriodActions({ environment, period, statement, canExport }: PeriodActionsProps) {
  return (
    <>
      {canExport && (
        <a href={withParams(paths.journal(), { environment, period })} download className={buttonClass({})}>
          <Download size={14} aria-hidden /> Journal CSV
        </a>
      )}
      <ButtonLink to={withParams(statement, { environment })}>
        <Printer size={14} aria-hidden /> Statement
      </ButtonLink>
    </>
  );
}
