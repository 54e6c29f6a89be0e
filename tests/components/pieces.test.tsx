import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CodeBadge } from "~/components/codes/code-badge.tsx";
import { StatusBadge } from "~/components/codes/status-badge.tsx";
import { SelectField, TextField } from "~/components/ui/field.tsx";
import { Id, InsideLink } from "~/components/ui/id.tsx";
import { Money } from "~/components/ui/money.tsx";
import { Time } from "~/components/ui/time.tsx";
import { ViewerProvider } from "~/components/ui/viewer.tsx";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";

const html = (element: ReactElement) => renderToStaticMarkup(element);
const words = (element: ReactElement) => html(element).replace(/<[^>]+>/g, "");

describe("a code badge", () => {
  it("says the code and its word", () => {
    expect(words(<CodeBadge reading={decodeCvn("N")} />)).toBe("N no match");
    expect(words(<CodeBadge reading={decodeEci("02", { network: "MASTERCARD" })} />)).toBe("02 authenticated");
  });

  it("tells a code that was not sent from one that was sent empty", () => {
    expect(words(<CodeBadge reading={decodeCvn(null)} />)).toBe("– not sent");
    expect(words(<CodeBadge reading={decodeCvn("")} />)).toBe("– empty");
  });

  it("underlines with dots what it is not sure of", () => {
    expect(html(<CodeBadge reading={decodeEci("07")} />)).toContain("decoration-dotted");
    expect(html(<CodeBadge reading={decodeCvn("M")} />)).not.toContain("decoration-dotted");
  });

  it("is reached by the keyboard, but is no button inside a link", () => {
    expect(html(<CodeBadge reading={decodeCvn("M")} />)).toMatch(/^<button type="button"/);
    const inside = (
      <InsideLink.Provider value={true}>
        <CodeBadge reading={decodeCvn("M")} />
      </InsideLink.Provider>
    );
    expect(html(inside)).not.toContain("<button");
  });
});

describe("a status", () => {
  it("we do not know is shown as received, grey", () => {
    const unknown = html(<StatusBadge kind="payment" code="SETTLING" />);
    expect(unknown).toContain("SETTLING");
    expect(unknown).toContain("text-unknown");
  });
});

describe("an id", () => {
  const id = "pr-5593127f-1111-4222-8333-c785ffc21e2f";

  it("is cut for the eye only: its whole text is in the page", () => {
    expect(words(<Id value={id} />)).toBe(id);
    expect(html(<Id value={id} />)).toContain("id-cut");
    expect(html(<Id value={id} whole />)).not.toContain("id-cut");
  });
});

describe("money", () => {
  it("keeps its cents and its currency", () => {
    expect(words(<Money minor={1_000_000} currency="IDR" />)).toBe("10,000.00 IDR");
    expect(words(<Money minor={1_050} currency="VND" />)).toBe("1,050 VND");
  });

  it("that does not fit its currency is shown as received and says so", () => {
    const odd = html(<Money minor={null} raw="10.005" currency="PHP" />);
    expect(odd).toContain("10.005 PHP");
    expect(odd).toContain("do not fit the currency");
  });

  it("tells what was captured only when it differs", () => {
    expect(words(<Money minor={1_000} captured={1_000} currency="PHP" />)).toBe("10.00 PHP");
    expect(words(<Money minor={1_000} captured={400} currency="PHP" />)).toBe("10.00 PHPcaptured 4.00");
  });
});

describe("time", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  const inJakarta = (element: ReactElement) => (
    <ViewerProvider zone="Asia/Jakarta" now={now} shortcuts={false}>
      {element}
    </ViewerProvider>
  );

  it("is relative within a day, else a date in the operator's zone, with the exact instant beside it", () => {
    expect(words(inJakarta(<Time at={now - 180_000} />))).toBe("3 min ago");
    const older = inJakarta(<Time at={Date.parse("2026-03-01T17:30:00.250Z")} />);
    expect(words(older)).toBe("2 Mar, 00:30");
    expect(html(older)).toContain('dateTime="2026-03-01T17:30:00.250Z"');
    expect(html(older)).toContain("2026-03-01 17:30:00.250 UTC");
  });

  it("that is not known is a dash, not a date in 1970", () => {
    expect(words(inJakarta(<Time at={null} />))).toBe("–");
  });
});

describe("a field", () => {
  it("ties label, hint and error to its control", () => {
    const field = html(<TextField label="Amount" name="amount" hint="In major units" error="is not an amount" />);
    expect(field).toContain('<label for="field-amount"');
    expect(field).toContain('aria-describedby="field-amount-error field-amount-hint"');
    expect(field).toContain('aria-invalid="true"');
  });

  it("of choices is a native select, so that it works without JavaScript", () => {
    const options = [{ value: "N", label: "N no match" }];
    const field = html(<SelectField label="CVN result" name="cvn" options={options} defaultValue="N" />);
    expect(field).toContain('<select class="control w-full" id="field-cvn" name="cvn"');
    expect(field).toContain('<option value="N" selected="">N no match</option>');
  });
});
