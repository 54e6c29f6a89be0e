import { Form } from "@remix-run/react";
import type { Note } from "~/domain/notes/note.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions } from "../ui/dialog.tsx";
import { Time } from "../ui/time.tsx";
import { noteAction } from "./notes-form.tsx";

interface NoteItemProps {
  readonly note: Note;
  readonly of: { readonly environment: string; readonly paymentRequestId: string };
}

/** Who wrote it and when, linked to its place in the timeline; the words as they were typed. */
export function NoteItem({ note, of }: NoteItemProps) {
  const { noteId, author, at, text, removed, canRemove } = note;
  return (
    <li className="py-2 text-sm first:pt-0">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3">
        <p className="text-muted">
          <span className="font-medium break-all text-ink">{author}</span>{" "}
          <a href={`#note-${noteId}`} className="link">
            <Time at={at} />
          </a>
        </p>
        {canRemove && <RemoveNote noteId={noteId} of={of} />}
      </div>
      {removed ? (
        <p className="text-muted">
          Removed by {removed.by} <Time at={removed.at} />
        </p>
      ) : (
        <p className="break-words whitespace-pre-wrap">{text}</p>
      )}
    </li>
  );
}

function RemoveNote({ noteId, of }: Pick<NoteItemProps, "of"> & { noteId: string }) {
  return (
    <Dialog
      title="Remove this note?"
      description="Its words are deleted for good. That there was a note, and who removed it, stays."
      trigger={
        <Button type="button" tone="quiet" size="sm">
          Remove
        </Button>
      }
    >
      <Form method="post" action={`${noteAction(of)}#notes`} preventScrollReset>
        <input type="hidden" name="intent" value="remove-note" />
        <input type="hidden" name="noteId" value={noteId} />
        <DialogActions>
          <Button type="submit" tone="danger">
            Remove note
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
