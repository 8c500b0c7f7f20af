/* The admin's pages stay open for hours, and who logs in again in another tab has another token: all
 * that this page sends goes with the one of the session that there is now, forms and Wagtail's own
 * requests alike. Loaded before Wagtail's scripts.
 */
(() => {
  "use strict";

  // Wagtail's bar on readers' pages has the styles of its admin, and this with them, in a shadow
  // tree: no script is the current one there, and nothing is sent.
  if (!document.currentScript) return;
  const { dataset } = document.currentScript;
  const FIELD = "csrfmiddlewaretoken";
  const FIELDS = `[name=${FIELD}]`;
  const TIMEOUT_MS = 10_000;
  // From the server, where the browser's scripts may not read the cookie.
  let fresh = "";

  const cookie = () => {
    const name = `${dataset.cookie}=`;
    const found = dataset.cookie && document.cookie.split("; ").find((one) => one.startsWith(name));
    return found ? found.slice(name.length) : "";
  };
  const first = cookie();

  const token = () => cookie() || fresh || document.querySelector(FIELDS)?.value || "";

  // The page came with a token that is as good where there is no later one.
  const isNewer = () => Boolean(fresh) || cookie() !== first;

  const put = () => {
    if (!isNewer()) return;
    document.querySelectorAll(FIELDS).forEach((input) => {
      input.value = token();
    });
  };

  /* Whose page this is, where it says so: the server takes from it what that person sends, and no other. */
  const owner = () => document.querySelector("[data-user]")?.dataset.user || "";

  const isJson = (answer) =>
    (answer.headers.get("content-type") || "").includes("application/json");

  /* "" once the page has the token of its user's session, else in words why it can't be sent. */
  const renew = async (user = owner()) => {
    try {
      const response = await fetch(dataset.url, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status >= 500) return dataset.offline;
      if (!response.ok || response.redirected || !isJson(response)) return dataset.loggedOut;
      const answer = await response.json();
      if (user && answer.user !== user) return dataset.another;
      fresh = answer.token;
      put();
      return "";
    } catch {
      return dataset.offline;
    }
  };

  /* Why a request has no answer of the archive's own, in words for the person; `kind` is "refused",
   * "loggedOut" or "offline".
   */
  class Trouble extends Error {
    constructor(kind, message) {
      super(message);
      this.kind = kind;
    }
  }

  const reasonOf = async (answer) => {
    const { error, message } = await answer.json();
    return error || message || dataset.refused;
  };

  /* The archive's own answer to a request, with the token of the session that there is now. What else
   * comes, such as the page to log in, is none: who has logged in again meanwhile is asked no second
   * time. Raises Trouble.
   */
  const ask = async (url, options = {}, isSecondTry = false) => {
    const own = {
      "X-Requested-With": "XMLHttpRequest",
      "X-CSRFToken": token(),
      "X-Archive-User": owner(),
    };
    const headers = { ...own, ...options.headers };
    if (isSecondTry && options.body instanceof FormData) options.body.set(FIELD, token());
    const answer = await fetch(url, { ...options, headers }).catch((error) => {
      if (error.name === "AbortError") throw error;
      throw new Trouble("offline", dataset.offline);
    });
    if (answer.ok && !answer.redirected) return answer;
    if (answer.status >= 500) throw new Trouble("offline", dataset.offline);
    if (isJson(answer)) throw new Trouble("refused", await reasonOf(answer));
    const trouble = await renew();
    if (trouble) throw new Trouble(trouble === dataset.offline ? "offline" : "loggedOut", trouble);
    if (isSecondTry) throw new Trouble("refused", dataset.refused);
    return ask(url, options, true);
  };

  // Wagtail's bar of messages; a form with a footer has another there.
  const bars = () => [...document.querySelectorAll('[data-controller~="w-messages"]')];

  const isOnScreen = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  };

  const say = (text) => {
    const detail = { text, type: "error", clear: true };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
    if (!bars().some(isOnScreen)) bars()[0]?.scrollIntoView({ block: "center" });
  };

  /* The button that was pressed for a form that isn't sent. */
  const release = (submitter) => {
    if (!submitter) return;
    submitter.disabled = false;
    submitter.setAttribute("data-w-progress-loading-value", "false");
  };

  let isGoing = false;

  /* Submits a form once its page has the token of its user's session, and calls `before` first: ""
   * then, else in words why it stays, with all that is typed. Its button can be pressed again.
   */
  const submit = async (form, submitter, before = () => {}) => {
    const trouble = await renew();
    if (trouble) {
      release(submitter);
      return trouble;
    }
    before();
    const { disabled } = submitter || {};
    // Wagtail disables the button that was pressed; a disabled one would not be sent along.
    if (submitter) submitter.disabled = false;
    isGoing = true;
    form.requestSubmit(submitter);
    isGoing = false;
    if (submitter) submitter.disabled = disabled;
    return "";
  };

  const held = new WeakSet();

  /* A form would take what is typed along, to be lost at the page to log in: that one is nobody's,
   * and has no bar of messages. What a script sends asks for itself.
   */
  const hold = async (event) => {
    const { target: form, submitter, defaultPrevented } = event;
    const method = submitter?.getAttribute("formmethod") || form.getAttribute("method") || "";
    if (isGoing || defaultPrevented || method.toLowerCase() !== "post" || !bars().length) return;
    event.preventDefault();
    if (held.has(form)) return;
    held.add(form);
    const trouble = await submit(form, submitter);
    held.delete(form);
    if (trouble) say(trouble);
  };

  const explained = new WeakSet();

  /* Wagtail takes each answer to an autosave that is none of its own for a fault of the server: the
   * page to log in, too. It hears why once that is known.
   */
  const explain = async (event) => {
    const { target, type, detail } = event;
    if (explained.has(event) || detail.response) return;
    event.stopImmediatePropagation();
    const text = (await renew()) || detail.text;
    const told = new CustomEvent(type, { bubbles: true, detail: { ...detail, text } });
    explained.add(told);
    target.dispatchEvent(told);
  };

  window.addEventListener("w-autosave:error", explain, true);
  document.addEventListener("submit", put, true);
  // After all who may stop it.
  window.addEventListener("submit", hold);
  // A form that a script sends, or takes as the data of a request, isn't submitted.
  document.addEventListener("formdata", ({ formData }) => {
    if (isNewer() && formData.has(FIELD)) formData.set(FIELD, token());
  });
  window.addEventListener("focus", put);
  document.addEventListener("visibilitychange", put);
  window.ArchiveSession = { token, renew, ask, submit, release, say };

  const WINDOW = "archive-window:";

  /* Windows of this browser that were closed without a line, or with the browser, told Wagtail nothing
   * of it: for twenty-five minutes it would say that somebody edits there. An open one holds a lock.
   */
  const releaseClosed = async () => {
    const { held } = await navigator.locks.query();
    const open = new Set(held.map(({ name }) => name));
    const own = `${WINDOW}${owner()}:`;
    const closed = Object.keys(localStorage).filter(
      (name) => name.startsWith(own) && !open.has(name),
    );
    for (const name of closed) {
      await ask(localStorage.getItem(name), { method: "POST" });
      localStorage.removeItem(name);
    }
  };

  const watchWindows = async () => {
    const form = document.querySelector("[data-controller~=w-session]");
    if (!form || !navigator.locks) return;
    const name = `${WINDOW}${owner()}:${Math.random().toString(36).slice(2)}`;
    const note = () => localStorage.setItem(name, form.dataset.wActionUrlValue);
    const release = () => releaseClosed().catch(() => {});
    try {
      await new Promise((resolve) => {
        navigator.locks.request(name, () => {
          resolve();
          return new Promise(() => {});
        });
      });
      note();
    } catch {
      // Not every browser keeps it: then Wagtail forgets the window in its own time.
      return;
    }
    // Wagtail may have given it another number.
    window.addEventListener("pagehide", note);
    for (const kind of ["online", "focus"]) window.addEventListener(kind, release);
    release();
  };

  document.addEventListener("DOMContentLoaded", watchWindows);

  const configuration = () => {
    const found = JSON.parse(document.getElementById("wagtail-config")?.textContent || "{}");
    const own = found.CSRF_TOKEN;
    return Object.defineProperty(found, "CSRF_TOKEN", { get: () => token() || own });
  };

  // Wagtail's scripts look here for their configuration, which stands in the page, and put it here.
  let config;
  Object.defineProperty(window, "wagtailConfig", {
    get: () => {
      config ||= configuration();
      return config;
    },
    set: (given) => {
      config = given;
    },
  });
})();
