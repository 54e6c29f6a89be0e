import { isRouteErrorResponse, Link } from "@remix-run/react";
import { paths } from "~/lib/paths.ts";
import { buttonClass } from "../ui/button.tsx";

interface ErrorPageProps {
  readonly error: unknown;
  /** Under which the log has it. */
  readonly requestId: string | null;
}

/** What happened, whether anything was lost, what to do, and the request id; nothing of the error itself. */
export function ErrorPage({ error, requestId }: ErrorPageProps) {
  const { title, text } = wordsFor(error);
  return (
    <div className="mx-auto max-w-[560px] px-4 pt-16">
      <h1 className="text-lg font-semibold">{title}</h1>
      <p className="mt-2 text-muted">{text}</p>
      {requestId && (
        <p className="mt-3 text-sm text-muted">
          Request <code className="select-all text-ink">{requestId}</code>
        </p>
      )}
      <Link to={paths.overview()} className={buttonClass({}, "mt-5")}>
        To the overview
      </Link>
    </div>
  );
}

function wordsFor(error: unknown): { title: string; text: string } {
  if (!isRouteErrorResponse(error)) {
    return {
      title: "Something broke",
      text: "The page could not be made. What Xendit sent is stored before any page is drawn, so no webhook was lost. Try again; if it stays, give the request id to whoever runs this desk.",
    };
  }
  if (error.status === 404) {
    return {
      title: "Not found",
      text: "There is nothing here, or nothing you may see. Check the id and the environment at the top.",
    };
  }
  if (error.status === 403) {
    return {
      title: "Not allowed",
      text: "Your role does not open this page. Nothing was changed. An administrator can change your role.",
    };
  }
  const said = typeof error.data === "string" && error.data.length > 0 && error.data.length < 300 ? error.data : null;
  return {
    title: error.status < 500 ? "That did not work" : "Something broke",
    text: said ?? "The request was refused and nothing was changed.",
  };
}
