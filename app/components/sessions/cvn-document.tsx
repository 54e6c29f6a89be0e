import { type Environment, environmentLabel } from "~/lib/environment.ts";

export interface CvnDocumentProps {
  readonly environment: Environment;
  readonly kind: "pay" | "save";
  /** `10,000.00 IDR`. */
  readonly amount: string;
  readonly reference: string | null;
  readonly paymentSessionId: string;
  /** The card step's script: Xendit's, or the sandbox's. */
  readonly scriptUrl: string;
  readonly apiOrigin: string;
  readonly publicKey: string;
  readonly handBackPath: string;
  readonly sessionPath: string;
  readonly theme: "system" | "light" | "dark";
  /** Error codes and our words for them, so that the page says what the rest of Paydesk says. */
  readonly words: Readonly<Record<string, string>>;
}

/**
 * The page where the CVN is typed: a document of its own, with nothing of the desk on it. Its fields have no names and its
 * form goes nowhere (`form-action 'none'`), so that without its script nothing at all is sent.
 */
export function CvnDocument(props: CvnDocumentProps) {
  const { environment, kind } = props;
  const title = kind === "pay" ? "Confirm with the CVN" : "Save a card";
  return (
    <html lang="en" data-theme={props.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Paydesk`}</title>
        <link rel="stylesheet" href="/cvn-page.css" />
        <script defer src={props.scriptUrl} />
        <script defer src="/cvn-page.js" />
      </head>
      <body data-environment={environment}>
        <header className="band">{environmentLabel[environment]}</header>
        <main>
          <h1>{title}</h1>
          <p className="amount">{kind === "pay" ? props.amount : "Nothing is charged"}</p>
          {props.reference && <p className="quiet">{props.reference}</p>}
          <CardForm {...props} />
          <p className="quiet">
            What you type here goes from this browser straight to <b>{new URL(props.apiOrigin).host}</b>
            {environment === "sandbox" ? ", the sandbox" : ""}. Paydesk does not receive it and cannot keep it.
          </p>
          <p className="quiet">
            <a href={props.sessionPath}>Back to the session</a>
          </p>
        </main>
      </body>
    </html>
  );
}

function CardForm(props: CvnDocumentProps) {
  return (
    <form
      id="card-form"
      noValidate
      autoComplete="off"
      data-kind={props.kind}
      data-session={props.paymentSessionId}
      data-public-key={props.publicKey}
      data-hand-back={props.handBackPath}
      data-session-path={props.sessionPath}
      data-script={props.scriptUrl}
      data-words={JSON.stringify(props.words)}
    >
      {props.kind === "save" && <CardFields />}
      <Field
        id="cvn"
        label="CVN"
        hint="Three digits on the back of the card, four on American Express."
        digits={4}
        hidden
      />
      <p id="error" className="error" role="alert" hidden />
      <p id="status" className="quiet" role="status" hidden />
      <noscript>
        <p className="error">This page needs JavaScript: the CVN must not pass through Paydesk.</p>
      </noscript>
      <button type="submit" id="send">
        {props.kind === "pay" ? "Pay" : "Save card"}
      </button>
      <p id="continue" hidden />
    </form>
  );
}

function CardFields() {
  return (
    <>
      <Field id="card-number" label="Card number" hint="A test card, such as 4000 0000 0000 2503." digits={23} />
      <div className="row">
        <Field id="expiry-month" label="Month" placeholder="12" digits={2} />
        <Field id="expiry-year" label="Year" placeholder="2030" digits={4} />
      </div>
      <div className="row">
        <Field id="first-name" label="First name" value="Test" />
        <Field id="last-name" label="Last name" value="Shopper" />
      </div>
      <Field id="email" label="E-mail" value="shopper@example.com" />
    </>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** The longest number it takes; without it, text. */
  readonly digits?: number;
  /** Drawn as dots. Not a password field: browsers would offer to remember it. */
  readonly hidden?: boolean;
}

function Field({ id, label, hint, value, placeholder, digits, hidden }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        className={hidden ? "dots" : undefined}
        inputMode={digits ? "numeric" : undefined}
        maxLength={digits}
        placeholder={placeholder}
        defaultValue={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      {hint && (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
