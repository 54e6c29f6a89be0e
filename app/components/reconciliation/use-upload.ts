import { useNavigate, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { paths } from "~/lib/paths.ts";
import { sendFile, UploadError } from "./send-file.ts";

export type Upload =
  | { readonly step: "idle"; readonly problem: string | null }
  | {
      readonly step: "sending";
      readonly name: string;
      readonly size: number;
      readonly sent: number;
      readonly pause: string | null;
    };

/** An upload of this page: how far it is, and how it is begun and given up. It ends with the page. */
export function useUpload(environment: string) {
  const [upload, setUpload] = useState<Upload>({ step: "idle", problem: null });
  const running = useRef<{ controller: AbortController; importId: string | null } | null>(null);
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();

  // A page left behind sends no more; choosing the file again goes on where it stopped.
  useEffect(() => () => running.current?.controller.abort(), []);

  const begin = useCallback(
    async (file: File) => {
      const controller = new AbortController();
      const run: { controller: AbortController; importId: string | null } = { controller, importId: null };
      running.current = run;
      setUpload({ step: "sending", name: file.name, size: file.size, sent: 0, pause: null });
      const change = (part: { sent?: number; pause?: string | null }) =>
        setUpload((before) => (before.step === "sending" ? { ...before, ...part } : before));
      try {
        const importId = await sendFile({
          file,
          environment,
          signal: controller.signal,
          onProgress: (progress) => {
            run.importId = progress.importId;
            change({ sent: progress.sent, pause: null });
          },
          onPause: (pause) => change({ pause }),
        });
        navigate(paths.reconciliationImport(importId));
      } catch (error) {
        if (controller.signal.aborted) return;
        const words =
          error instanceof UploadError ? error.message : "The file could not be read here. Choose it again.";
        setUpload({ step: "idle", problem: words });
      }
    },
    [environment, navigate],
  );

  const cancel = useCallback(async () => {
    const run = running.current;
    run?.controller.abort();
    setUpload({ step: "idle", problem: null });
    if (!run?.importId) return;
    const body = new URLSearchParams({ intent: "cancel" });
    await fetch(paths.reconciliationImport(run.importId), { method: "POST", body, redirect: "manual" }).catch(() => {});
    revalidate();
  }, [revalidate]);

  const refuse = useCallback((problem: string) => setUpload({ step: "idle", problem }), []);
  return { upload, begin, cancel, refuse };
}
