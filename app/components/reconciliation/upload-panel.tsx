import { Form } from "@remix-run/react";
import { Upload as UploadIcon } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { importRefusals, MAX_PLAIN_UPLOAD, MAX_UPLOAD } from "~/domain/reconciliation/import.ts";
import type { Environment } from "~/lib/environment.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { bytesText } from "./import-words.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { type Upload, useUpload } from "./use-upload.ts";

interface UploadPanelProps {
  readonly environment: Environment;
  /** What the plain form was answered with. */
  readonly refusal: string | null;
}

/** A report from a file. With JavaScript in parts, of any size up to 2 GiB; without, in one form. */
export function UploadPanel({ environment, refusal }: UploadPanelProps) {
  const { upload, begin, cancel, refuse } = useUpload(environment);
  const [isPlain, setPlain] = useState(true);
  useEffect(() => setPlain(false), []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (!(file instanceof File) || file.name === "") return refuse("Choose a file first.");
    if (file.size === 0) return refuse(importRefusals.empty);
    if (file.size > MAX_UPLOAD) return refuse(importRefusals.too_large);
    void begin(file);
  }

  const problem = upload.step === "idle" ? (upload.problem ?? refusal) : null;
  return (
    <Panel title="Upload a report" id="upload">
      {upload.step === "sending" ? (
        <Sending upload={upload} onCancel={cancel} />
      ) : (
        <Form method="post" encType="multipart/form-data" onSubmit={submit} className="flex flex-col gap-3">
          <input type="hidden" name="intent" value="upload" />
          <input type="hidden" name="environment" value={environment} />
          <Field
            label="CSV file"
            name="file"
            error={problem}
            hint={`Xendit's Transactions report (any version, any columns) or Balance report, up to ${
              isPlain ? bytesText(MAX_PLAIN_UPLOAD) : "2 GiB"
            }. An upload that was interrupted goes on when the same file is chosen again.`}
          >
            <Input type="file" accept=".csv,.txt,text/csv" className="h-auto py-1" />
          </Field>
          <div>
            <Button type="submit" tone="primary">
              <UploadIcon size={14} aria-hidden /> Upload report
            </Button>
          </div>
        </Form>
      )}
    </Panel>
  );
}

function Sending({ upload, onCancel }: { upload: Extract<Upload, { step: "sending" }>; onCancel: () => void }) {
  const { name, size, sent, pause } = upload;
  const share = size === 0 ? 0 : sent / size;
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium break-words">{name}</p>
      <ProgressBar share={share} label={`Upload of ${name}`} />
      <p className="figures min-h-5 text-sm text-muted" role="status">
        {pause ?? `${bytesText(sent)} of ${bytesText(size)} sent`}
      </p>
      <div>
        <Button type="button" onClick={onCancel}>
          Cancel upload
        </Button>
      </div>
    </div>
  );
}
