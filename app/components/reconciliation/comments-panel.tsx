import { useState } from "react";
import { LONGEST_COMMENT } from "~/domain/reconciliation/exception.ts";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { Button } from "../ui/button.tsx";
import { TextareaField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ExceptionPost, useIsSending, useRefused } from "./exception-form.tsx";

/** What colleagues said and decided, oldest first. */
export function CommentsPanel({ opened }: { opened: OpenedException }) {
  const { comments, can } = opened;
  return (
    <Panel title="Comments" id="comments">
      {comments.length > 0 && (
        <ul className="mb-3 flex flex-col divide-y divide-line" aria-label="Comments">
          {comments.map(({ commentId, author, at, text }) => (
            <li key={commentId} id={`comment-${commentId}`} className="py-2 text-sm first:pt-0">
              <p className="text-muted">
                <span className="font-medium break-all text-ink">{author}</span> <Time at={at} />
              </p>
              <p className="break-words whitespace-pre-wrap">{text}</p>
            </li>
          ))}
        </ul>
      )}
      {can.comment ? (
        <CommentForm opened={opened} />
      ) : (
        <p className="text-sm text-muted">
          {comments.length === 0 ? "No comments yet. " : ""}Your role writes none in this environment.
        </p>
      )}
    </Panel>
  );
}

/** The form keeps its id and its words until its own comment is there. */
function CommentForm({ opened: { comments, commentId } }: { opened: OpenedException }) {
  const [draft, setDraft] = useState(commentId);
  if (draft !== commentId && comments.some((one) => one.commentId === draft)) setDraft(commentId);
  const isSending = useIsSending();
  const refused = useRefused("comment");
  return (
    <ExceptionPost
      key={draft}
      panel="comments"
      hidden={{ intent: "comment", commentId: draft }}
      error={refused?.errors.form}
      className="flex flex-col items-start gap-2 [&>div]:w-full"
    >
      <TextareaField
        label="Add a comment"
        name="text"
        id="comment-text"
        rows={3}
        maxLength={LONGEST_COMMENT}
        required
        error={refused?.errors.text}
        defaultValue={refused?.values.text}
        hint="It stays. E-mail addresses are shown masked; card numbers and CVNs are refused."
      />
      <Button type="submit" disabled={isSending}>
        Add comment
      </Button>
    </ExceptionPost>
  );
}
