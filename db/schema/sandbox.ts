import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The stand-in for Xendit keeps its state here, apart from the desk's (no foreign key crosses over). */
export const sandboxSettings = sqliteTable("sandbox_settings", {
  name: text("name").primaryKey(),
  value: text("value", { mode: "json" }).$type<unknown>().notNull(),
  updatedAt: integer("updated_at").notNull(),
});
