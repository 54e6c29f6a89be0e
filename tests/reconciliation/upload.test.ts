import { readFile, stat, utimes } from "node:fs/promises";
import type { ActionFunctionArgs } from "@remix-run/node";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendFile, UploadError } from "../../app/components/reconciliation/send-file.ts";
import { MAX_PART } from "../../app/domain/reconciliation/import.ts";
import { type ProblemRow, problemCsvColumns } from "../../app/domain/reconciliation/import-queries.server.ts";
import { spoolPath } from "../../app/domain/reconciliation/spool.server.ts";
import { sweepImports } from "../../app/domain/reconciliation/sweep-imports.server.ts";
import { csvHeader, csvRow } from "../../app/lib/csv.ts";
import * as importsRoute from "../../app/routes/reconciliation.imports._index.tsx";
import * as importRoute from "../../app/routes/reconciliation.imports.$importId.tsx";
import * as partRoute from "../../app/routes/reconciliation.imports.$importId_.part.ts";
import * as badRowsRoute from "../../app/routes/reconciliation.imports.$importId[.]csv.ts";
import * as uploadsRoute from "../../app/routes/reconciliation.imports.uploads.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { type ImportDesk, openImportDesk } from "./import-desk.ts";
import { aPaymentLine, csvOf, VERSION_2 } from "./report-lines.ts";

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

describe("uploading a report", () => {
  let desk: ImportDesk;
  let finance: SignedIn;
  beforeEach(async () => {
    desk = await openImportDesk();
    finance = await signedIn(desk.db, { role: "finance", config: desk.config });
  });
  afterEach(() => desk.close());

  /** What the browser's `fetch` meets: the routes themselves. */
  function fetchAs(who: SignedIn, breaks: (call: number) => Response | Error | null = () => null): typeof fetch {
    let calls = 0;
    return async (input, init = {}) => {
      const broken = breaks(calls++);
      if (broken instanceof Error) throw broken;
      if (broken) return broken;
      const path = String(input);
      const importId = /imports\/(imp_[^/?]+)/.exec(path)?.[1] ?? "";
      const action = importId ? partRoute.action : uploadsRoute.action;
      return responseOf(action(who(path, { importId }, init) as ActionFunctionArgs));
    };
  }

  const text = csvOf(
    VERSION_2,
    Array.from({ length: 9_000 }, (_, index) =>
      aPaymentLine({ "Transaction ID": `txn_${index}`, Description: "x".repeat(99) }),
    ),
  );
  const aFile = (content: string = text, name = "march.csv") => new File([content], name, { lastModified: 5 });
  const send = (file: File, fetch: ReturnType<typeof fetchAs>, pauses: (string | null)[] = []) =>
    sendFile({
      file,
      environment: "sandbox",
      signal: new AbortController().signal,
      onProgress: () => {},
      onPause: (reason) => void pauses.push(reason),
      fetch,
      pauseMs: () => 1,
    });

  it("goes in parts, over a broken connection, and is byte for byte what was sent", async () => {
    const sizes: number[] = [];
    const pauses: (string | null)[] = [];
    const importId = await sendFile({
      file: aFile(),
      environment: "sandbox",
      signal: new AbortController().signal,
      onProgress: ({ sent }) => void sizes.push(sent),
      onPause: (reason) => void pauses.push(reason),
      fetch: fetchAs(finance, (call) =>
        call === 2 ? new Error("gone") : call === 4 ? new Response("", { status: 502 }) : null,
      ),
      pauseMs: () => 1,
    });
    expect(sizes.at(0)).toBe(0);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.at(-1)).toBe(text.length);
    expect(pauses).toEqual([expect.stringContaining("lost"), null, expect.stringContaining("not answer"), null]);
    expect(await readFile(spoolPath(desk.config, importId), "utf8")).toBe(text);
    expect((await stat(spoolPath(desk.config, importId))).mode & 0o777).toBe(0o600);
    expect(await desk.importOf(importId)).toMatchObject({ state: "waiting", received: text.length, name: "march.csv" });
  });

  it("goes on where it stopped when the same file is chosen again, and not with another of its name", async () => {
    const stopped = send(
      aFile(),
      fetchAs(finance, (call) => (call > 2 ? Response.json({ error: { message: "Stop" } }, { status: 400 }) : null)),
    );
    await expect(stopped).rejects.toThrow(UploadError);
    let calls = 0;
    const again = await send(
      aFile(),
      fetchAs(finance, () => void calls++ as unknown as null),
    );
    expect(calls).toBe(1 + Math.ceil(text.length / MAX_PART) - 2);
    expect(await readFile(spoolPath(desk.config, again), "utf8")).toBe(text);

    const other = new File([text.replace("txn_1", "txn_x")], "march.csv", { lastModified: 6 });
    expect(await send(other, fetchAs(finance))).not.toBe(again);
    // Whoever else uploads the same has an upload of their own.
    const colleague = await signedIn(desk.db, { role: "admin", config: desk.config });
    expect(await send(aFile(), fetchAs(colleague))).not.toBe(again);
  });

  it("writes a part only where the file ends, and answers with where that is", async () => {
    const begun = await fetchAs(finance)("/reconciliation/imports/uploads", {
      method: "POST",
      body: new URLSearchParams({ environment: "sandbox", name: "a.csv", size: "10" }),
    });
    const { importId } = (await begun.json()) as { importId: string };
    const put = async (offset: number, body: string, who = finance) => {
      const response = await fetchAs(who)(`/reconciliation/imports/${importId}/part?offset=${offset}`, {
        method: "PUT",
        body,
      });
      return [response.status, ((await response.json()) as { received?: number }).received ?? null];
    };
    expect(await put(5, "56789")).toEqual([409, 0]);
    expect(await Promise.all([put(0, "01234"), put(0, "012")])).toEqual([
      [200, 5],
      [409, 5],
    ]);
    expect(await put(5, "567890")).toEqual([400, null]);
    expect(await put(5, "x".repeat(MAX_PART + 1))).toEqual([413, null]);
    const colleague = await signedIn(desk.db, { role: "admin", config: desk.config });
    expect(await put(5, "56789", colleague)).toEqual([404, null]);
    expect(await put(5, "56789")).toEqual([200, 10]);
    expect(await put(5, "56789")).toEqual([200, 10]);
    expect(await readFile(spoolPath(desk.config, importId), "utf8")).toBe("0123456789");
  });

  it.each([
    [{ size: String(2 * 1024 ** 3 + 1) }, 413, "larger than 2 GiB"],
    [{ size: "0" }, 400, "is empty"],
    [{ size: "many" }, 400, "size"],
    [{ name: " " }, 400, "name"],
    [{ environment: "nowhere" }, 400, "Choose an environment"],
  ])("refuses %j in words", async (change, status, words) => {
    const body = new URLSearchParams({ environment: "sandbox", name: "a.csv", size: "10", ...change });
    const response = await fetchAs(finance)("/reconciliation/imports/uploads", { method: "POST", body });
    expect(response.status).toBe(status);
    expect(JSON.stringify(await response.json())).toContain(words);
  });

  it("works as a plain form, without JavaScript", async () => {
    const body = new FormData();
    body.set("intent", "upload");
    body.set("environment", "sandbox");
    body.set("file", aFile(csvOf(VERSION_2, [aPaymentLine()]), "small.csv"));
    const response = await responseOf(
      importsRoute.action(finance("/reconciliation/imports", {}, { method: "POST", body })),
    );
    expect(response.status).toBe(302);
    await desk.readAll();
    const rows = await desk.db.read.select().from(desk.db.tables.reportImports);
    expect(rows).toMatchObject([{ state: "imported", name: "small.csv", rowsNew: 1 }]);
  });

  it("that nobody goes on with for a day is ended and its file taken away; one that was whole goes on", async () => {
    const stopped = send(
      aFile(),
      fetchAs(finance, (call) => (call > 2 ? Response.json({ error: { message: "Stop" } }, { status: 400 }) : null)),
    );
    await expect(stopped).rejects.toThrow("Stop");
    const [left] = await desk.db.read.select().from(desk.db.tables.reportImports);
    const path = spoolPath(desk.config, left?.importId ?? "");
    const now = new Date();
    await sweepImports(desk, now);
    expect((await desk.importOf(left?.importId ?? "")).state).toBe("receiving");
    const tomorrow = new Date(now.getTime() + 25 * 3_600_000);
    await utimes(path, now, now);
    await sweepImports(desk, tomorrow);
    expect(await desk.importOf(left?.importId ?? "")).toMatchObject({
      state: "cancelled",
      problem: expect.stringContaining("24 hours"),
    });
    await expect(stat(path)).rejects.toThrow();
  });

  it("shows an import to those who may read, and lets only finance and administrators do anything", async () => {
    const importId = await desk.upload(`${csvOf(VERSION_2, [aPaymentLine(), aPaymentLine({ "Transaction ID": "" })])}`);
    await desk.readAll();
    const load = async (who: SignedIn, params: Record<string, string> = { importId }) =>
      importRoute.loader(who(`/reconciliation/imports/${importId}`, params));
    for (const role of ["admin", "finance", "support", "viewer"] as const) {
      const who = await signedIn(desk.db, { role, config: desk.config });
      const canImport = role === "admin" || role === "finance";
      expect(await load(who)).toMatchObject({ row: { rowsNew: 1, rowsBad: 1 }, canCancel: false });
      expect(await importsRoute.loader(who("/reconciliation/imports"))).toMatchObject({
        canImport,
        page: { rows: [{}] },
      });
      const body = new URLSearchParams({ intent: "cancel" });
      const cancel = responseOf(importRoute.action(who("/", { importId }, { method: "POST", body })));
      expect((await cancel).status).toBe(canImport ? 302 : 403);
      const csv = responseOf(badRowsRoute.loader(who("/", { importId })));
      expect((await csv).status).toBe(role === "viewer" ? 403 : 200);
    }
    const merchant = await signedIn(desk.db, { role: "merchant", config: desk.config });
    expect((await responseOf(load(merchant))).status).toBe(403);
    const limited = await signedIn(desk.db, { role: "finance", businessIds: ["b"], config: desk.config });
    expect((await responseOf(load(limited))).status).toBe(404);
    const live = await signedIn(desk.db, { role: "finance", environments: ["live"], config: desk.config });
    expect((await responseOf(load(live))).status).toBe(404);
  });

  it("can be cancelled until it has ended, which is written down", async () => {
    const importId = await desk.upload(csvOf(VERSION_2, [aPaymentLine()]));
    const cancel = () =>
      responseOf(
        importRoute.action(
          finance("/", { importId }, { method: "POST", body: new URLSearchParams({ intent: "cancel" }) }),
        ),
      );
    expect((await cancel()).status).toBe(302);
    expect(await desk.importOf(importId)).toMatchObject({ state: "cancelled" });
    await expect(stat(spoolPath(desk.config, importId))).rejects.toThrow();
    await desk.readAll();
    expect(await desk.importOf(importId)).toMatchObject({ state: "cancelled", rowsNew: 0 });
    const audit = await desk.db.read.select().from(desk.db.tables.auditEntries);
    expect(audit.map(({ detail }) => Object.keys(detail)[0])).toEqual(["uploads", "cancels"]);
  });
});

describe("the CSV of bad rows", () => {
  it("comes back from its text as it was, whatever stood in the cells", () => {
    const text = fc.string({ unit: "grapheme" }).map((value) => value.replace(/^['\s]+/, ""));
    const row = fc.record({ line: fc.nat(), column: text, reason: text, excerpt: text });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows: ProblemRow[]) => {
        const file = csvHeader(problemCsvColumns) + rows.map((one) => csvRow(problemCsvColumns, one)).join("");
        const [head, ...read]: string[][] = parse(file, { relax_column_count: true });
        expect(head).toEqual(["line", "column", "reason", "cell_begins"]);
        // A leading quote keeps a spreadsheet from running the cell; nothing else differs.
        const back = (cell = "") => cell.replace(/^'(?=[=+\-@\t\r])/, "");
        expect(read.map(([line, ...cells]) => [Number(line), ...cells.map(back)])).toEqual(
          rows.map(({ line, column, reason, excerpt }) => [line, column, reason, excerpt]),
        );
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
