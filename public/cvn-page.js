// The CVN page (app/components/sessions/cvn-document.tsx). The CVN goes from the field into Xendit's script and is cleared;
// what Paydesk is told afterwards is the payment request it led to.
(() => {
  const form = document.getElementById("card-form");
  const cvnField = document.getElementById("cvn");
  const button = document.getElementById("send");
  const { kind, session, publicKey, handBack, sessionPath, script, words } = form.dataset;
  const wordsByCode = JSON.parse(words);
  const label = button.textContent;
  const CARD_TIMEOUT = 35_000;

  button.disabled = false;
  cvnField.value = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  // A page taken back from the browser's memory would still hold what was typed.
  window.addEventListener("pageshow", () => {
    cvnField.value = "";
    setBusy(false);
  });

  async function submit() {
    show("error", null);
    const problem = firstProblem();
    if (problem) return fail(problem.text, problem.field);
    if (!window.Xendit?.payment) {
      return fail(`The card script could not be loaded from ${script}. Check the network and load this page again.`);
    }
    setBusy(true);
    try {
      const answer = await collect();
      await handOver(answer);
    } catch (error) {
      fail(error instanceof Refusal ? error.message : "The card step failed in the browser. Load this page again.");
    } finally {
      clearCard();
    }
  }

  class Refusal extends Error {}

  function firstProblem() {
    const cvn = digits("cvn");
    if (kind === "save" && !/^\d{13,19}$/.test(digits("card-number"))) {
      return { field: "card-number", text: "Type the whole card number, 13 to 19 digits." };
    }
    if (kind === "save" && !/^(0?[1-9]|1[0-2])$/.test(digits("expiry-month"))) {
      return { field: "expiry-month", text: "The month is a number from 1 to 12." };
    }
    if (kind === "save" && !/^20\d\d$/.test(digits("expiry-year"))) {
      return { field: "expiry-year", text: "The year has four digits, such as 2030." };
    }
    if (!/^\d{3,4}$/.test(cvn)) return { field: "cvn", text: "The CVN is three or four digits." };
    return null;
  }

  /** Xendit's script answers through a callback; one that also gives a promise is listened to as well. */
  function collect() {
    window.Xendit.setPublishableKey(publicKey);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Refusal("No answer came within 35 s. Look at the session before trying again: it may have worked."));
      }, CARD_TIMEOUT);
      const settle = (error, answer) => {
        clearTimeout(timer);
        if (error) reject(new Refusal(wordsFor(error)));
        else resolve(answer ?? {});
      };
      const given = call(settle);
      if (typeof given?.then === "function") {
        given.then(
          (answer) => answer && settle(null, answer),
          (error) => settle(error ?? {}),
        );
      }
    });
  }

  function call(settle) {
    if (kind === "pay") {
      return window.Xendit.payment.collectCvn({ cvn: digits("cvn"), payment_session_id: session }, settle);
    }
    const card = {
      payment_session_id: session,
      card_number: digits("card-number"),
      expiry_month: digits("expiry-month").padStart(2, "0"),
      expiry_year: digits("expiry-year"),
      cvn: digits("cvn"),
      cardholder_first_name: text("first-name"),
      cardholder_last_name: text("last-name"),
      cardholder_email: text("email"),
    };
    return window.Xendit.payment.collectCardData(card, settle);
  }

  async function handOver(answer) {
    const next = nextAddress(answer.action_url);
    const told = await tellPaydesk(answer, Boolean(answer.action_url));
    if (told) {
      location.assign(next);
      return;
    }
    const id = answer.payment_request_id ?? answer.payment_token_id;
    fail(
      `Paydesk could not store ${id}. The card step itself worked; it can go on, and the webhook will tell the rest.`,
    );
    const link = document.createElement("a");
    link.className = "button";
    link.href = next;
    link.textContent = "Go on";
    button.hidden = true;
    const slot = document.getElementById("continue");
    slot.replaceChildren(link);
    slot.hidden = false;
  }

  /** True when Paydesk has it. Tried three times: the payment request is not told anywhere else until a webhook comes. */
  async function tellPaydesk(answer, challenge) {
    const { payment_request_id, payment_token_id } = answer;
    const body = JSON.stringify({ payment_request_id, payment_token_id, challenge });
    for (const wait of [0, 500, 2000]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      const response = await fetch(handBack, {
        method: "POST",
        // To the sign-in page, that is: not stored.
        redirect: "error",
        headers: { "content-type": "application/json" },
        body,
      }).catch(() => null);
      // 409: it was handed back before, which is as good.
      if (response?.ok || response?.status === 409) return true;
      if (response && response.status < 500) return false;
    }
    return false;
  }

  /** Where 3-D Secure happens, or back to the session when it is not needed. Only an address a browser page can have. */
  function nextAddress(actionUrl) {
    if (!actionUrl) return sessionPath;
    const url = new URL(actionUrl, location.href);
    const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    if (url.protocol === "https:" || (url.protocol === "http:" && (loopback || url.origin === location.origin))) {
      return url.href;
    }
    throw new Refusal("The address for 3-D Secure is not a web address, so it was not opened.");
  }

  function wordsFor(error) {
    const code = error.error_code ?? error.code ?? "";
    const known = Object.hasOwn(wordsByCode, code) ? wordsByCode[code] : null;
    const fields = Array.isArray(error.errors) ? error.errors.map((one) => one?.message ?? one) : [];
    const said = [error.message, ...fields].filter((one) => typeof one === "string").join("; ");
    if (!known) return said || "The card step was refused without a reason.";
    return code === "API_VALIDATION_ERROR" && said ? `${known} It said: ${said}` : known;
  }

  function digits(id) {
    return text(id).replace(/[\s-]/g, "");
  }

  function text(id) {
    return document.getElementById(id).value.trim();
  }

  function clearCard() {
    for (const id of ["cvn", "card-number"]) {
      const field = document.getElementById(id);
      if (field) field.value = "";
    }
  }

  function fail(message, fieldId = "cvn") {
    setBusy(false);
    show("error", message);
    for (const input of form.querySelectorAll("input")) input.removeAttribute("aria-invalid");
    const field = document.getElementById(fieldId);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  function setBusy(busy) {
    button.disabled = busy;
    button.textContent = busy ? "Sending…" : label;
    show("status", busy ? "Waiting for the bank. This takes a few seconds." : null);
  }

  function show(id, message) {
    const element = document.getElementById(id);
    element.textContent = message ?? "";
    element.hidden = message === null;
  }
})();
