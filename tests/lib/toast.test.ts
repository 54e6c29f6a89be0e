import { describe, expect, it } from "vitest";
import { redirectWithToast, takeToast } from "~/lib/toast.server.ts";
import { aConfig } from "../setup/config.ts";

const context = { config: aConfig() };
const toast = { tone: "good", text: "Replay sent" } as const;

const requestWith = (cookie: string) => new Request("http://127.0.0.1:3000/", { headers: { Cookie: cookie } });

describe("a toast", () => {
  it("is said on the page one is sent to, once", async () => {
    const answer = await redirectWithToast("/payments", toast, context);
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/payments"]);
    const [cookie = ""] = (answer.headers.get("Set-Cookie") ?? "").split(";");
    const taken = await takeToast(requestWith(cookie), context);
    expect(taken.toast).toEqual(toast);
    expect(taken.headers.get("Set-Cookie")).toMatch(/Max-Age=0/);
  });

  it("keeps the other cookies of its answer", async () => {
    const answer = await redirectWithToast("/", toast, context, { "Set-Cookie": "session=1" });
    expect(answer.headers.getSetCookie()).toHaveLength(2);
  });

  it("cannot be made up by somebody else", async () => {
    const other = { config: aConfig({ sessionSecret: "another secret, just as long as it" }) };
    const answer = await redirectWithToast("/", toast, other);
    const [cookie = ""] = (answer.headers.get("Set-Cookie") ?? "").split(";");
    expect(await takeToast(requestWith(cookie), context)).toMatchObject({ toast: null });
  });
});
