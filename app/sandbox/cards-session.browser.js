// What js.xendit.co/cards-session.min.js does, for the sandbox: card data goes from the page straight to the card step
// and nowhere else. It lives in one call and is kept in no variable afterwards.
(() => {
  const base = new URL(".", document.currentScript.src).href;
  const session = /^ps-[0-9a-zA-Z]{24}$/;
  let key = null;

  function problem(path, message) {
    return { error_code: "API_VALIDATION_ERROR", message, errors: [{ path, message }] };
  }

  function cvnProblem(cvn) {
    return /^\d{3,4}$/.test(cvn) ? null : problem("/body/cvn", "CVN must be 3 or 4 digits");
  }

  function cardProblem(card) {
    const month = String(card.expiry_month ?? "");
    const year = String(card.expiry_year ?? "");
    if (!String(card.card_number ?? "").trim()) return problem("/body/card_number", "Card number is required");
    if (!/^(0?[1-9]|1[0-2])$/.test(month)) return problem("/body/expiry_month", "Expiry month must be from 1 to 12");
    if (!/^\d{4}$/.test(year) || Number(year) < 2024) {
      return problem("/body/expiry_year", "Expiry year must be 4 digits, from 2024");
    }
    return null;
  }

  function sessionProblem(id) {
    if (!key) return problem("publishable_key", "Call Xendit.setPublishableKey first");
    return session.test(String(id ?? ""))
      ? null
      : problem("/body/payment_session_id", "Payment session id is not valid");
  }

  function fingerprint() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    );
  }

  /** Null members are left out, as Xendit's own SDKs do. */
  function present(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
  }

  async function post(members) {
    const response = await fetch(`${base}v3/payment_with_session`, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: { Authorization: `Basic ${btoa(`${key}:`)}`, "Content-Type": "application/json" },
      body: JSON.stringify(present({ ...members, device: { fingerprint: fingerprint() } })),
    });
    const body = await response.json();
    if (!response.ok) throw body;
    return body;
  }

  function answer(wrong, members, callback) {
    if (wrong) {
      callback(wrong, null);
      return;
    }
    post(members).then(
      (body) => callback(null, body),
      (error) => {
        const known = error && typeof error === "object" && "error_code" in error;
        callback(
          known ? error : { error_code: "SERVICE_UNAVAILABLE", message: "The sandbox could not be reached" },
          null,
        );
      },
    );
  }

  window.Xendit = {
    setPublishableKey(publicKey) {
      key = String(publicKey);
    },
    payment: {
      collectCvn(data, callback) {
        const cvn = String(data.cvn ?? "").trim();
        const id = data.payment_session_id;
        answer(sessionProblem(id) ?? cvnProblem(cvn), { payment_session_id: id, cvn }, callback);
      },
      collectCardData(data, callback) {
        const cvn = String(data.cvn ?? "").trim();
        const wrong = sessionProblem(data.payment_session_id) ?? cardProblem(data) ?? (cvn ? cvnProblem(cvn) : null);
        const card = {
          ...data,
          cvn: cvn || null,
          card_number: String(data.card_number ?? "").replace(/[\s-]/g, ""),
          expiry_month: String(data.expiry_month ?? "").padStart(2, "0"),
          expiry_year: String(data.expiry_year ?? ""),
          confirm_save: data.confirm_save === true,
        };
        answer(wrong, card, callback);
      },
    },
  };
})();
