import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The rule of DESIGN 2: imports point one way. Each room names the rooms it may look into; a room not named here, or an
 * arrow not listed, fails. Type-only imports count: a type is a dependency too.
 */
const root = resolve(import.meta.dirname, "../..");

const rooms = {
  "app/lib": ["app/lib"],
  "app/xendit": ["app/xendit", "app/lib"],
  "app/env": ["app/env", "app/lib"],
  "app/db": ["app/db", "db"],
  "app/context": ["app/context", "app/env", "app/db", "app/lib"],
  "app/sandbox": ["app/sandbox", "app/xendit", "app/lib", "app/db", "app/env", "app/context"],
  // The docs as text: code that receivers copy stands there once, and is run by a test.
  "app/domain": ["app/domain", "app/xendit", "app/lib", "app/db", "app/env", "app/context", "docs"],
  "app/components/ui": ["app/components/ui", "app/lib"],
  "app/components/table": ["app/components/table", "app/components/ui", "app/lib"],
  "app/components/charts": ["app/components/charts", "app/components/ui", "app/lib"],
  "app/components": ["app/components", "app/domain", "app/xendit", "app/lib", "app/root"],
  "app/routes/sandbox": ["app/sandbox", "app/context", "app/lib"],
  "app/routes": [
    "app/routes",
    "app/domain",
    "app/components",
    "app/xendit",
    "app/lib",
    "app/db",
    "app/env",
    "app/context",
    "app/root",
  ],
  "app/root": [
    "app/components",
    "app/domain",
    "app/lib",
    "app/styles",
    "app/env",
    "app/context",
    "app/db",
    "app/xendit",
  ],
  "app/entry": ["app/lib", "app/context", "app/env"],
  db: ["db", "app/xendit", "app/lib"],
} as const satisfies Record<string, readonly string[]>;
type Room = keyof typeof rooms;

// The longest name wins, so that `app/components/ui` is a room of its own inside `app/components`.
const roomNames = (Object.keys(rooms) as Room[]).sort((a, b) => b.length - a.length);

function roomOf(file: string): Room | null {
  return roomNames.find((room) => file === room || file.startsWith(`${room}/`) || file.startsWith(`${room}.`)) ?? null;
}

function mayImport(from: Room, to: string): boolean {
  return rooms[from].some((room) => to === room || to.startsWith(`${room}/`) || to.startsWith(`${room}.`));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => /\.(ts|tsx)$/.test(name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from\s+|import\s+|import\()\s*["']([^"']+)["']/g)].map((match) => match[1] ?? "");
}

/** Where an import leads inside the project, or `null` for a package. */
function target(file: string, specifier: string): string | null {
  if (specifier.startsWith("~/")) return `app/${specifier.slice(2)}`;
  if (specifier.startsWith(".")) return relative(root, resolve(root, dirname(file), specifier));
  return null;
}

function arrowsBack(files: readonly string[], read: (file: string) => readonly string[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file);
    if (!room) return [`${file} stands in no room`];
    return read(file)
      .map((specifier) => target(file, specifier))
      .filter((to): to is string => to !== null && !mayImport(room, to))
      .map((to) => `${file} must not import ${to}`);
  });
}

describe("the house", () => {
  it("lets imports point one way only", () => {
    const files = [...sourceFiles("app"), ...sourceFiles("db")];
    expect(files.length).toBeGreaterThan(20);
    expect(arrowsBack(files, importsOf)).toEqual([]);
  });

  it("notices an arrow that points back", () => {
    const arrows = arrowsBack(
      ["app/xendit/fold.ts", "app/sandbox/router.server.ts", "app/components/ui/button.tsx"],
      () => ["~/domain/payments/payment.ts"],
    );
    expect(arrows).toHaveLength(3);
  });
});
