import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { action } from "~/routes/preferences.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

describe("preferences", () => {
  let db: Database;
  let call: Awaited<ReturnType<typeof signedIn>>;

  beforeEach(async () => {
    db = await createTestDatabase();
    call = await signedIn(db, { role: "viewer" });
  });

  async function save(fields: Record<string, string>) {
    const args = call("/preferences", {}, { method: "POST", body: new URLSearchParams(fields) });
    return action(args as Parameters<typeof action>[0]);
  }
  async function kept() {
    const [operator] = await db.read.select().from(db.tables.operators);
    return operator?.preferences;
  }

  it("are kept one at a time, beside those chosen before, for any role", async () => {
    await save({ theme: "dark" });
    await save({ zone: "Asia/Manila" });
    await save({ shortcuts: "off" });
    expect(await kept()).toEqual({ theme: "dark", zone: "Asia/Manila", shortcuts: false });
  });

  it("refuse what is not a choice and keep nothing of it", async () => {
    const wrongs: Record<string, string>[] = [{ zone: "Asia/Atlantis" }, { theme: "pink" }, { shortcuts: "maybe" }];
    for (const wrong of wrongs) {
      expect(await save(wrong)).toMatchObject({ init: { status: 400 } });
    }
    expect(await kept()).toEqual({});
  });

  it("lead back to the page they were sent from, and to no other site", async () => {
    const back = await responseOf(save({ density: "compact", next: "/payments?eci=05" }));
    expect(back.headers.get("Location")).toBe("/payments?eci=05");
    const away = await responseOf(save({ density: "compact", next: "//evil.example" }));
    expect(away.headers.get("Location")).toBe("/");
  });

  it("have a default each, and a zone that no longer exists is as good as none", () => {
    expect(settlePreferences(null)).toEqual({
      zone: "Asia/Jakarta",
      density: "comfortable",
      theme: "system",
      shortcuts: true,
      rail: "full",
    });
    expect(settlePreferences({ zone: "Mars/Olympus" }).zone).toBe("Asia/Jakarta");
  });
});
