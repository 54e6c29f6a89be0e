import { Form, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { MAX_NOTE, type Note } from "~/domain/notes/note.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { TextareaField } from "../ui/field.tsx";

interface NoteFormProps {
  readonly of: { readonly environment: string; readonly paymentRequestId: string };
  readonly notes: readonly Note[];
  readonly noteId: string;
  readonly refused: { readonly errors: FieldErrors; readonly values: FieldValues } | undefined;
}

/** The page reloads its data while people type: the form keeps its id and its words until its own note is there. */
export function NoteForm({ of, notes, noteId, refused }: NoteFormProps) {
  const [draft, setDraft] = useState(noteId);
  if (draft !== noteId && notes.some((note) => note.noteId === draft)) setDraft(noteId);
  const { state, formData } = useNavigation();
  const isSending = state !== "idle" && formData?.get("intent") === "add-note";
  return (
    <Form
      key={draft}
      method="post"
      action={`${noteAction(of)}#notes`}
      preventScrollReset
      className="flex flex-col items-start gap-2 [&>div]:w-full"
    >
      <input type="hidden" name="intent" value="add-note" />
      <input type="hidden" name="noteId" value={draft} />
      <TextareaField
        label="Add a note"
        name="text"
        id="note-text"
        rows={3}
        maxLength={MAX_NOTE}
        required
        error={refused?.errors.text}
        defaultValue={refused?.values.text}
        hint="For your colleagues. E-mail addresses are shown masked; card numbers and CVNs are refused."
      />
      <Button type="submit" disabled={isSending}>
        {isSending ? "Adding…" : "Add note"}
      </Button>
    </Form>
  );
}

export function noteAction({ environment, paymentRequestId }: NoteFormProps["of"]): string {
  return withParams(paths.payment(paymentRequestId), { environment });
}
