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
  const FIELDS = "[name=csrfmiddlewaretoken]";
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

  /* "" once the page has the token of its user's session, else in words why it can't be sent. */
  const renew = async (user = "") => {
    try {
      const response = await fetch(dataset.url, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status >= 500) return dataset.offline;
      const isJson = (response.headers.get("content-type") || "").includes("application/json");
      if (!response.ok || response.redirected || !isJson) return dataset.loggedOut;
      const answer = await response.json();
      if (user && answer.user !== user) return dataset.another;
      fresh = answer.token;
      put();
      return "";
    } catch {
      return dataset.offline;
    }
  };

  document.addEventListener("submit", put, true);
  // A form that a script sends, or takes as the data of a request, isn't submitted.
  document.addEventListener("formdata", ({ formData }) => {
    const name = "csrfmiddlewaretoken";
    if (isNewer() && formData.has(name)) formData.set(name, token());
  });
  window.addEventListener("focus", put);
  document.addEventListener("visibilitychange", put);
  window.ArchiveSession = { token, renew };

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
