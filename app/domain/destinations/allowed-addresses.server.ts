import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { AllowAddressForm, AllowedAddress, AllowRefusal } from "./allowed-address.ts";

const SETTING = "destinations.allowed_addresses";
const MAX_ENTRIES = 50;

const Stored = z.array(z.object({ address: z.string(), reason: z.string(), addedBy: z.string(), addedAt: z.number() }));

/** Oldest first. */
export async function listAllowedAddresses(db: Database): Promise<readonly AllowedAddress[]> {
  return (await readSetting(db)).addresses;
}

interface By {
  readonly by: { readonly operatorId: string; readonly email: string };
  readonly now: Date;
}

export async function allowAddress(
  db: Database,
  { address, reason }: AllowAddressForm,
  { by, now }: By,
): Promise<Result<null, AllowRefusal>> {
  const before = await readSetting(db);
  if (before.addresses.some((one) => one.address === address)) return refused("known");
  if (before.addresses.length >= MAX_ENTRIES) return refused("too_many");
  const added = { address, reason, addedBy: by.email, addedAt: now.getTime() };
  return save(db, before, [...before.addresses, added], { by, now, reason, detail: { allowed: address } });
}

/** What is sent there from now on is blocked; destinations that lie there stay in their list. */
export async function disallowAddress(
  db: Database,
  address: string,
  { by, now }: By,
): Promise<Result<null, AllowRefusal>> {
  const before = await readSetting(db);
  const rest = before.addresses.filter((one) => one.address !== address);
  if (rest.length === before.addresses.length) return refused("absent");
  return save(db, before, rest, { by, now, detail: { disallowed: address } });
}

interface Setting {
  readonly addresses: readonly AllowedAddress[];
  /** As stored, to write over nothing else; `null` while there is none. */
  readonly stored: string | null;
}

async function readSetting(db: Database): Promise<Setting> {
  const { settings } = db.tables;
  const [row] = await db.read.select({ value: settings.value }).from(settings).where(eq(settings.name, SETTING));
  if (!row) return { addresses: [], stored: null };
  return { addresses: Stored.parse(row.value), stored: JSON.stringify(row.value) };
}

async function save(
  db: Database,
  before: Setting,
  addresses: readonly AllowedAddress[],
  { by, now, reason, detail }: By & { reason?: string; detail: Record<string, unknown> },
): Promise<Result<null, AllowRefusal>> {
  const audit = auditStatement(db, { operator: by, action: "settings:write", subject: SETTING, reason, detail, now });
  const written = await db.write([saveStatement(db, before, { addresses, now }), audit]);
  return written.ok ? ok(null) : refused("changed_meanwhile");
}

/** Guarded by what was read: of two people who change the list at once, one is told to look again. */
function saveStatement(
  db: Database,
  before: Setting,
  { addresses, now }: { addresses: readonly AllowedAddress[]; now: Date },
): Statement {
  const { settings } = db.tables;
  const row = { value: addresses, updatedAt: now.getTime() };
  if (before.stored === null) {
    return {
      query: db.read
        .insert(settings)
        .values({ name: SETTING, ...row })
        .onConflictDoNothing(),
      rows: 1,
    };
  }
  const unchanged = and(eq(settings.name, SETTING), sql`${settings.value} = ${before.stored}`);
  return { query: db.read.update(settings).set(row).where(unchanged), rows: 1 };
}
