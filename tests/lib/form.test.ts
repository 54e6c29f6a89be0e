import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseForm, refuseForm } from "~/lib/form.ts";

const Form = z.object({
  name: z.string().min(1, "Type a name."),
  colours: z
    .array(z.string())
    .min(1, "Choose a colour.")
    .transform((all) => all.join("+")),
  sizes: z.array(z.string()).default([]),
});

function form(...entries: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe("a form", () => {
  it("that fits is its schema's value", () => {
    const parsed = parseForm(Form, form(["name", "Ada"], ["colours", "red"], ["colours", "blue"], ["sizes", "s"]));
    expect(parsed).toEqual({ ok: true, value: { name: "Ada", colours: "red+blue", sizes: ["s"] } });
  });

  it("takes a list of one, and one of none, where its schema has a list", () => {
    const parsed = parseForm(Form, form(["name", "Ada"], ["colours", "red"]));
    expect(parsed).toEqual({ ok: true, value: { name: "Ada", colours: "red", sizes: [] } });
  });

  it("that does not fit comes back as typed, with the first thing wrong beside each field", () => {
    const parsed = parseForm(Form, form(["name", ""], ["sizes", "s"], ["sizes", "m"]));
    expect(parsed).toEqual({
      ok: false,
      errors: { name: "Type a name.", colours: "Choose a colour." },
      values: { name: "", sizes: "s,m" },
    });
  });

  it("never sends back what must not stand on a page", () => {
    const typed = form(["email", "a@b.c"], ["password", "p"], ["newPassword", "p"], ["token", "t"], ["cvn", "123"]);
    expect(refuseForm(typed, { form: "No." })).toEqual({
      ok: false,
      errors: { form: "No." },
      values: { email: "a@b.c" },
    });
  });
});
