import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { SignedMoney } from "./signed-money.tsx";

/** How the difference comes about: each line of money as it enters, and where the sum stands after it. */
export function RunningPanel({ opened: { group, laid } }: { opened: OpenedException }) {
  const { currency, difference } = group;
  if (!laid) {
    return (
      <Panel title="Running difference" id="difference">
        <p className="text-sm">
          It has more lines than a page draws. Captured, refunded and reported are summed over all of them:{" "}
          <SignedMoney minor={difference} currency={currency} isStrong />
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Running difference" id="difference" flush>
      <table className="plain-table" aria-label="Running difference">
        <thead>
          <tr>
            <th>Line</th>
            <th data-align="right">Amount</th>
            <th data-align="right">Difference so far</th>
          </tr>
        </thead>
        <tbody>
          {laid.running.map((line) => (
            <tr key={`${line.side} ${line.what} ${line.id}`}>
              <td>
                <span className="mr-2">{line.what}</span>
                <span className="text-muted">
                  <Id value={line.id} />
                </span>
              </td>
              <td data-align="right">
                {line.amount === null ? (
                  <span className="text-look">{[line.raw ?? "not told", line.currency].filter(Boolean).join(" ")}</span>
                ) : (
                  <SignedMoney minor={line.amount} currency={line.currency} />
                )}
              </td>
              <td data-align="right">
                <SignedMoney minor={line.after} currency={currency} />
              </td>
            </tr>
          ))}
          {laid.running.length === 0 && (
            <tr>
              <td colSpan={3} className="text-muted">
                No money moved on either side.
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-strong">
            <th scope="row" className="!text-[13px] !font-semibold !text-ink">
              Difference
            </th>
            <td />
            <td data-align="right">
              <SignedMoney minor={difference} currency={currency} isStrong />
            </td>
          </tr>
          {laid.takenBack.map((line) => (
            <tr key={line.id} className="border-t border-line text-muted">
              <td>
                <span className="mr-2">Charged back, beside the difference</span>
                <Id value={line.id} />
              </td>
              <td data-align="right">
                <SignedMoney minor={line.amount} currency={line.currency} />
              </td>
              <td />
            </tr>
          ))}
        </tfoot>
      </table>
    </Panel>
  );
}
