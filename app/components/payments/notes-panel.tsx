import type { Note } from "~/domain/notes/note.ts";
import type { Environment } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Panel } from "../ui/panel.tsx";
import { NoteForm } from "./notes-form.tsx";
import { NoteItem } from "./notes-item.tsx";

interface NotesPanelProps {
  readonly of: { readonly environment: Environment; readonly paymentRequestId: string };
  /** Oldest first. */
  readonly notes: readonly Note[];
  readonly canWrite: boolean;
  /** The id the next note will have. */
  readonly noteId: string;
  /** What was wrong with the form as it was sent, and what was typed. */
  readonly refused: { readonly errors: FieldErrors; readonly values: FieldValues } | undefined;
}

/** What colleagues know of this payment and no webhook tells. */
export function NotesPanel({ of, notes, canWrite, noteId, refused }: NotesPanelProps) {
  return (
    <Panel title="Notes" id="notes">
      {notes.length > 0 && (
        <ul className="mb-3 flex flex-col divide-y divide-line" aria-label="Notes">
          {notes.map((note) => (
            <NoteItem key={note.noteId} note={note} of={of} />
          ))}
        </ul>
      )}
      {refused?.errors.form && (
        <p role="alert" className="mb-2 text-sm text-bad">
          {refused.errors.form}
        </p>
      )}
      {canWrite ? (
        <NoteForm of={of} notes={notes} noteId={noteId} refused={refused} />
      ) : (
        <p className="text-sm text-muted">
          {notes.length === 0 ? "No notes yet. " : ""}Your role writes no notes in this environment.
        </p>
      )}
    </Panel>
  );
}
