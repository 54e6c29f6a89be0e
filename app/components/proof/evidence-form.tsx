import { type FormEvent, useId, useState } from "react";
import type { Environment } from "~/lib/environment.ts";
import type { FieldErrors } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, TextareaField } from "../ui/field.tsx";

interface EvidenceFormProps {
  readonly paymentRequestId: string;
  readonly environment: Environment;
  readonly canReveal: boolean;
  /** Two of these forms may stand on one page. */
  readonly id?: string;
}

type State =
  | { readonly step: "ready" | "making" | "made" }
  | { readonly step: "refused"; readonly errors: FieldErrors };

/** Without JavaScript the browser sends it and saves what comes back; with it, what is wrong stands next to its field. */
export function EvidenceForm({ paymentRequestId, environment, canReveal, id }: EvidenceFormProps) {
  const own = useId();
  const prefix = id ?? own;
  const [state, setState] = useState<State>({ step: "ready" });
  const errors: FieldErrors = state.step === "refused" ? state.errors : {};

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state.step === "making") return;
    const form = event.currentTarget;
    setState({ step: "making" });
    setState(await download(form.action, new FormData(form), `evidence-${paymentRequestId}.zip`));
  }

  return (
    <form
      method="post"
      action={paths.paymentEvidence(paymentRequestId)}
      onSubmit={submit}
      className="flex flex-col gap-3"
      aria-label="Evidence bundle"
    >
      <input type="hidden" name="environment" value={environment} />
      <TextareaField
        label="What it is for"
        name="reason"
        id={`${prefix}-reason`}
        hint="Kept in the audit log and named in the bundle."
        error={errors.reason}
        rows={2}
        required
        minLength={3}
        maxLength={300}
      />
      <CheckboxField label="Include operators' notes" name="notes" value="yes" id={`${prefix}-notes`} />
      {canReveal ? (
        <CheckboxField
          label="Include personal data"
          name="personal"
          value="yes"
          id={`${prefix}-personal`}
          hint="Bodies byte for byte, with names and addresses. Written to the audit log as a reveal, with the reason above."
          error={errors.personal}
        />
      ) : (
        <p className="text-sm text-muted">
          Personal data is replaced in every body; the digests of the stored bytes are given beside.
        </p>
      )}
      <p role={state.step === "refused" ? "alert" : "status"} className="text-sm empty:hidden">
        {state.step === "made" && "The bundle was handed to your browser."}
        {errors.form && <span className="text-bad">{errors.form}</span>}
      </p>
      <div className="flex justify-end">
        <Button type="submit" tone="primary" aria-disabled={state.step === "making"}>
          {state.step === "making" ? "Making the bundle…" : "Download evidence bundle"}
        </Button>
      </div>
    </form>
  );
}

async function download(action: string, body: FormData, name: string): Promise<State> {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body,
      headers: { Accept: "application/zip, application/json" },
    });
    const type = answer.headers.get("content-type") ?? "";
    if (answer.ok && type.startsWith("application/zip")) {
      save(await answer.blob(), name);
      return { step: "made" };
    }
    if (type.startsWith("application/json")) return { step: "refused", errors: await readErrors(answer) };
    return refused(`Paydesk answered ${answer.status}; nothing was saved. Load the page again and try once more.`);
  } catch {
    return refused("The connection ended before the bundle was whole; nothing was saved. Try again.");
  }
}

async function readErrors(answer: Response): Promise<FieldErrors> {
  const { errors } = (await answer.json()) as { errors?: FieldErrors };
  return errors ?? { form: `Paydesk answered ${answer.status}; nothing was saved.` };
}

function refused(sentence: string): State {
  return { step: "refused", errors: { form: sentence } };
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its own hold of the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
