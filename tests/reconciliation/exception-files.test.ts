import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { beforeEach, describe, expect, it } from "vitest";
import writeExcelFile from "write-excel-file/node";
import type { Database } from "~/db.server.ts";
import { acceptExceptions } from "~/domain/reconciliation/accept-exceptions.server.ts";
import { exceptionCsvColumns } from "~/domain/reconciliation/exception-csv.ts";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import { exceptionXlsx, MOST_XLSX_ROWS } from "~/domain/reconciliation/exception-xlsx.server.ts";
import { applyLoad, previewLoad } from "~/domain/reconciliation/load-exceptions.server.ts";
import { confirmedText } from "~/domain/reconciliation/load-plan.ts";
import { readConfirmed } from "~/domain/reconciliation/loaded-row.ts";
import { MAX_SHEET, readExceptionSheet, type Sheet } from "~/domain/reconciliation/read-sheet.server.ts";
import { csvHeader, csvRow } from "~/lib/csv.ts";
import { action, loader as loadPage } from "~/routes/reconciliation.exceptions.load.tsx";
import { loader as csvLoader } from "~/routes/reconciliation.exceptions[.]csv.ts";
import { loader as xlsxLoader } from "~/routes/reconciliation.exceptions[.]xlsx.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aDesk, addRows, aRow, chosen, deciding, groupOf, matchAll } from "./exceptions-desk.ts";

let db: Database;
beforeEach(async () => {
  db = await aDesk();
});

type Cells = Record<string, string>;

const text = (bytes: Uint8Array | string) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString());
const table = (csv: string) => parse(csv, { columns: true }) as Cells[];

async function exported(search = "", who: Parameters<typeof signedIn>[1] = { role: "finance" }): Promise<Cells[]> {
  const ask = await signedIn(db, who);
  const response = await responseOf(csvLoader(ask(`/reconciliation/exceptions.csv?environment=sandbox${search}`)));
  return table(await response.text());
}

/** As a spreadsheet saves it. */
function csvOf(rows: readonly Cells[], separator = ","): Uint8Array {
  const quoted = (cell: string) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  return new TextEncoder().encode(lines.map((cells) => cells.map(quoted).join(separator)).join("\r\n"));
}

function order() {
  return { ...deciding(), can: () => true };
}

async function sheetOf(bytes: Uint8Array): Promise<Sheet> {
  const sheet = await readExceptionSheet(bytes);
  if (!sheet.ok) throw new Error(sheet.refusal);
  return sheet.value;
}

async function preview(rows: readonly Cells[]) {
  const plan = await previewLoad(db, order(), await sheetOf(csvOf(rows)));
  if (!plan.ok) throw new Error(plan.refusal);
  return plan.value;
}

/** What is previewed, confirmed. */
async function load(rows: readonly Cells[]) {
  const confirmed = readConfirmed(confirmedText(await preview(rows)));
  if (!confirmed) throw new Error("What the page itself wrote is not understood.");
  return applyLoad(db, order(), confirmed);
}

const accepted = { resolution: "accepted", resolution_reason: "a rounding of the acquirer" };

describe("the work list as a file", () => {
  it("has every open exception with its class, difference and the digest of its facts", async () => {
    const rows = await exported();
    expect(rows.map((row) => row.group_key).sort()).toEqual(["pr-lost", "pr-short", "py-stranger"]);
    const { digest } = await groupOf(db, "pr-short");
    expect(rows.find((row) => row.group_key === "pr-short")).toMatchObject({
      environment: "sandbox",
      class: "amount_differs",
      state: "open",
      currency: "IDR",
      captured_amount: "10000.00",
      reported_amount: "9950.00",
      difference: "50.00",
      business_day: "2026-03-10",
      occurred_at_utc: "2026-03-10T12:00:00.000Z",
      age: "> 7 d",
      comment: "",
      facts_digest: digest,
    });
    expect(rows.find((row) => row.group_key === "py-stranger")?.difference).toBe("-10000.00");
  });

  it("takes the filters of its page, and refuses what it does not understand", async () => {
    expect((await exported("&class=amount_differs")).map((row) => row.group_key)).toEqual(["pr-short"]);
    expect((await exported("&state=all")).length).toBe(4);
    const ask = await signedIn(db, { role: "finance" });
    const wrong = await responseOf(csvLoader(ask("/reconciliation/exceptions.csv?class=everything")));
    expect(wrong.status).toBe(400);
  });

  it("is for those who may export, and holds what they may see only", async () => {
    const viewer = await signedIn(db, { role: "viewer" });
    expect((await responseOf(csvLoader(viewer("/reconciliation/exceptions.csv")))).status).toBe(403);
    const own = await exported("", { role: "finance", businessIds: ["biz-2"] });
    expect(own).toEqual([]);
  });

  it("is a workbook too: amounts as numbers, the rest as the text it is", async () => {
    const ask = await signedIn(db, { role: "finance" });
    const path = "/reconciliation/exceptions.xlsx?environment=sandbox";
    const response = await responseOf(xlsxLoader(ask(path)));
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="exceptions-sandbox.xlsx"');
    const [head = [], ...rows] = await readSheet(Buffer.from(await response.arrayBuffer()));
    const of = (row: readonly unknown[], name: string) => row[head.indexOf(name)];
    const short = rows.find((row) => of(row, "group_key") === "pr-short") ?? [];
    expect(of(short, "difference")).toBe(50);
    expect(of(short, "business_day")).toBe("2026-03-10");
    expect(of(short, "occurred_at_utc")).toBe("2026-03-10T12:00:00.000Z");
    expect(of(short, "facts_digest")).toBe((await groupOf(db, "pr-short")).digest);
  });

  const row: ExceptionRow = {
    environment: "sandbox",
    groupKey: "pr-1",
    paymentRequestId: "pr-1",
    class: "amount_differs",
    notes: ["refunded", "next_day"],
    state: "open",
    reference: null,
    currency: "IDR",
    day: "2026-03-10" as ExceptionRow["day"],
    occurredAt: 0,
    captured: 0,
    reported: 5,
    difference: -5,
    rows: 1,
    digest: "0".repeat(64),
    assigneeId: null,
    assignee: null,
    resolution: null,
    reason: null,
    resolvedBy: null,
    resolvedAt: null,
    about: null,
  };

  it.each([
    ['=HYPERLINK("http://evil.test")', '\'=HYPERLINK("http://evil.test")'],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["00123", "'00123"],
    ["12345678901234567890", "'12345678901234567890"],
    ["1E5", "'1E5"],
    ["order-7", "order-7"],
    ["42", "42"],
  ])("keeps the reference %s as it is: run by nobody, rounded by nobody", async (reference, cell) => {
    const columns = exceptionCsvColumns({ now: 1 });
    const csv = csvHeader(columns) + csvRow(columns, { ...row, reference });
    expect(table(csv)[0]?.reference_id).toBe(cell);
    expect(table(csv)[0]?.difference).toBe("-0.05");
    const [head = [], cells = []] = await readSheet(await exceptionXlsx(columns, [{ ...row, reference }]));
    expect(cells[head.indexOf("reference_id")]).toBe(reference);
    expect(cells[head.indexOf("difference")]).toBe(-0.05);
  });

  it("writes an amount with more digits than a spreadsheet keeps as text, whole", async () => {
    const columns = exceptionCsvColumns({ now: 1 });
    const bytes = await exceptionXlsx(columns, [{ ...row, captured: Number.MAX_SAFE_INTEGER, currency: "VND" }]);
    const [head = [], cells = []] = await readSheet(bytes);
    expect(cells[head.indexOf("captured_amount")]).toBe("9007199254740991");
  });

  it("is an error in words beyond what a workbook takes, and never cut", async () => {
    const { reconciliationGroups } = db.tables;
    const group = await groupOf(db, "pr-short");
    const rows = Array.from({ length: 500 }, (_, index) => index);
    for (let first = 0; first <= MOST_XLSX_ROWS; first += 500) {
      const values = rows.map((index) => ({ ...group, groupKey: `pr-many-${first + index}` }));
      await db.write([{ query: db.read.insert(reconciliationGroups).values(values), rows: values.length }]);
    }
    const ask = await signedIn(db, { role: "finance" });
    const response = await responseOf(xlsxLoader(ask("/reconciliation/exceptions.xlsx?environment=sandbox")));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("more than 10,000 exceptions");
  });
});

describe("a work list that comes back filled in", () => {
  it("changes nothing when nothing was filled in", async () => {
    const plan = await preview(await exported());
    expect(plan).toEqual({ changes: [], same: 3, changed: [], problems: [] });
  });

  it("says exactly what would change, then does it and says so of each", async () => {
    const rows = await exported();
    const filled = rows.map((row) =>
      row.group_key === "pr-short"
        ? { ...row, resolution: "Written off", resolution_reason: "below the limit", comment: "seen with the acquirer" }
        : row.group_key === "pr-lost"
          ? { ...row, ...accepted }
          : row,
    );
    const plan = await preview(filled);
    expect(plan.same).toBe(1);
    expect(plan.problems).toEqual([]);
    expect(new Map(plan.changes.map(({ row, acts }) => [row.groupKey, acts.map((act) => act.act)]))).toEqual(
      new Map([
        ["pr-short", ["comment", "write_off"]],
        ["pr-lost", ["accept"]],
      ]),
    );
    expect(plan.changes.flatMap(({ acts }) => acts)).toContainEqual({
      act: "write_off",
      reason: "below the limit",
      amount: "50.00 IDR",
    });
    expect((await groupOf(db, "pr-short")).state).toBe("open");

    const { answers } = await load(filled);
    expect([...answers.done].sort()).toEqual(["pr-lost", "pr-short"]);
    expect((await groupOf(db, "pr-short")).state).toBe("resolved");
    expect((await groupOf(db, "pr-lost")).state).toBe("resolved");
    const comments = await db.read.select().from(db.tables.reconciliationComments);
    expect(comments.map((comment) => comment.text)).toContain("seen with the acquirer");
  });

  it("asks for nothing when it is loaded again, its comments included", async () => {
    const rows = (await exported()).map((row) =>
      row.group_key === "pr-lost" ? { ...row, ...accepted, comment: "seen" } : row,
    );
    await load(rows);
    expect(await preview(rows)).toEqual({ changes: [], same: 3, changed: [], problems: [] });
  });

  it("comes back from a workbook, and from where commas are decimal points", async () => {
    const rows = (await exported()).map((row) => (row.group_key === "pr-lost" ? { ...row, ...accepted } : row));
    const data = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((cells) =>
      cells.map((value) => ({ value, type: String })),
    );
    const workbook = await writeExcelFile(data, { sheet: "Sheet1" }).toBuffer();
    for (const bytes of [workbook, csvOf(rows, ";"), csvOf(rows, "\t")]) {
      const plan = await previewLoad(db, order(), await sheetOf(bytes));
      expect(plan.ok && plan.value.changes.map(({ row }) => row.groupKey)).toEqual(["pr-lost"]);
    }
  });

  it("leaves a row alone whose exception changed since the export, and names it", async () => {
    const rows = (await exported()).map((row) => ({ ...row, ...accepted }));
    await addRows(db, [
      aRow({ transactionId: "txn_more", productId: "py-stranger", amountMinor: 5, amountRaw: "0.05" }),
    ]);
    await matchAll(db);
    const plan = await preview(rows);
    expect(plan.changed).toMatchObject([{ column: "facts_digest", value: "py-stranger" }]);
    expect(plan.changes.map(({ row }) => row.groupKey).sort()).toEqual(["pr-lost", "pr-short"]);
  });

  it("does not do what became impossible between the preview and its confirmation", async () => {
    const rows = (await exported()).map((row) => ({ ...row, ...accepted }));
    const confirmed = readConfirmed(confirmedText(await preview(rows))) ?? [];
    await acceptExceptions(db, { ...deciding(), accepted: [await chosen(db, "pr-lost", "somebody was quicker")] });
    const { plan, answers } = await applyLoad(db, order(), confirmed);
    expect([...answers.done].sort()).toEqual(["pr-short", "py-stranger"]);
    expect(plan.problems).toMatchObject([{ column: "resolution", message: "Somebody has resolved it already." }]);
  });

  it("assigns by e-mail, takes nobody for nobody, and leaves an empty cell as it is", async () => {
    await signedIn(db, { role: "finance" });
    const operators = await db.read.select().from(db.tables.operators);
    const colleague = operators.find(({ role }) => role === "finance");
    if (!colleague) throw new Error("There is no colleague.");
    const rows = await exported();
    const to = (assignee: string) => rows.map((row) => (row.group_key === "pr-lost" ? { ...row, assignee } : row));
    await load(to(colleague.email.toUpperCase()));
    expect((await groupOf(db, "pr-lost")).assigneeId).toBe(colleague.operatorId);
    expect((await preview(to(""))).same).toBe(3);
    await load(to("nobody"));
    expect((await groupOf(db, "pr-lost")).assigneeId).toBeNull();
  });

  it.each([
    ["resolution", { resolution: "maybe" }, "is neither accepted nor written_off"],
    ["resolution_reason", { resolution: "accepted" }, "Say why, in a few words"],
    ["resolution_reason", { resolution_reason: "because" }, "stands without a resolution"],
    ["resolution_reason", { ...accepted, resolution_reason: "card 4000000000001091" }, "Leave card data out"],
    ["comment", { comment: "4000000000001091" }, "Leave card data out"],
    ["assignee", { assignee: "stranger@desk.test" }, "Nobody who may resolve"],
    ["environment", { environment: "live" }, "is another environment"],
    ["facts_digest", { ...accepted, facts_digest: "" }, "is not as it was exported"],
    ["group_key", { group_key: "pr-nobody", ...accepted }, "is no exception here"],
  ])("names row and column of what it does not understand: %s", async (column, change, message) => {
    const [first, ...rest] = await exported();
    const plan = await preview([{ ...first, ...change } as Cells, ...rest]);
    expect(plan.changes).toEqual([]);
    expect(plan.problems).toMatchObject([{ line: 2, column, message: expect.stringContaining(message) }]);
    expect(JSON.stringify(plan)).not.toContain("4000000000001091");
  });

  it("says before, not after, what the rules do not let be written off", async () => {
    const off = { resolution: "written_off", resolution_reason: "it is gone" };
    const plan = await preview((await exported()).map((row) => ({ ...row, ...off })));
    expect(plan.changes.map(({ row }) => row.groupKey).sort()).toEqual(["pr-short", "py-stranger"]);
    expect(plan.problems).toMatchObject([
      { column: "resolution", message: expect.stringContaining("The limit is 10,000.00 IDR.") },
    ]);
  });

  it("takes a row once, and nothing of what a role may not do", async () => {
    const rows = (await exported()).filter((row) => row.group_key === "pr-short");
    const twice = [...rows, ...rows].map((row) => ({ ...row, ...accepted }));
    expect((await preview(twice)).problems).toMatchObject([{ line: 3, message: "stands in the file twice" }]);
    const off = rows.map((row) => ({ ...row, resolution: "written_off", resolution_reason: "it is gone" }));
    const may = { ...deciding(), can: (permission: string) => permission !== "reconciliation:write-off" };
    const plan = await previewLoad(db, may, await sheetOf(csvOf(off)));
    expect(plan.ok && plan.value.problems).toMatchObject([{ message: "Your role does not allow this." }]);
  });
});

describe("a file that is no work list", () => {
  it.each([
    ["nothing", new Uint8Array(), "empty"],
    ["too much", new Uint8Array(MAX_SHEET + 1).fill(97), "too_large"],
    ["a picture", new Uint8Array([0x89, 0x50, 0xff, 0xfe]), "not_text"],
    ["a broken workbook", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), "not_readable"],
    ["another table", new TextEncoder().encode("a,b\r\n1,2"), "no_key"],
  ])("is refused: %s", async (_, bytes, refusal) => {
    expect(await readExceptionSheet(bytes)).toMatchObject({ ok: false, refusal });
  });
});

describe("the page that loads it", () => {
  async function post(fields: Record<string, string | File>, role: "finance" | "support" = "finance") {
    const ask = await signedIn(db, { role });
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const args = ask("/reconciliation/exceptions/load?environment=sandbox", {}, { method: "POST", body });
    const answered = await action(args);
    if ("data" in answered) return { data: answered.data, location: null };
    return { data: null, location: answered.headers.get("location") };
  }

  it("is for those who may resolve", async () => {
    const ask = await signedIn(db, { role: "support" });
    expect((await responseOf(loadPage(ask("/reconciliation/exceptions/load")))).status).toBe(403);
  });

  it("shows the preview, and confirms it to the work list", async () => {
    const rows = (await exported()).map((row) => ({ ...row, ...accepted }));
    const file = new File([text(csvOf(rows))], "work.csv");
    const { data } = await post({ intent: "preview", file });
    if (!data?.plan) throw new Error("There is no preview.");
    expect(data.plan.changes).toHaveLength(3);
    const { location } = await post({ intent: "confirm", rows: confirmedText(data.plan) });
    expect(location).toBe("/reconciliation/exceptions?environment=sandbox");
  });

  it("refuses a confirmation that is not as the page wrote it", async () => {
    const refused = await post({ intent: "confirm", rows: '[{"line":1}]' });
    expect(refused.data?.error).toContain("not understood");
    expect((await post({ intent: "preview" })).data?.error).toBe("Choose a file first.");
  });
});
