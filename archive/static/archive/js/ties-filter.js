/* Filters the ties without loading the page anew; the address always says what is shown. */

(() => {
  "use strict";

  const form = document.querySelector(".tie-filter");
  const results = document.getElementById("tie-results");
  if (!form || !results) return;

  // What of the page depends on the address. The count stays the same element: screen readers
  // tell of what changes inside it.
  const PARTS = [
    ".tie-count",
    "#tie-displays",
    "#tie-results",
    "#tie-places",
    ".tie-views",
    ".languages",
    ".tie-filter-do",
  ];
  const NAMES = ["kind", "country", "begun", "year", "sort"];
  let latest = 0;

  const chosen = () =>
    new URLSearchParams(
      NAMES.map((name) => [name, form.elements[name].value]).filter(([, value]) => value),
    );

  const load = async (address) => {
    latest += 1;
    const turn = latest;
    let text;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      text = await answer.text();
    } catch {
      window.location.assign(address);
      return;
    }
    if (turn !== latest) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const part of PARTS) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh) old.replaceChildren(...fresh.childNodes);
    }
    document.title = page.title;
    const query = new URL(address, window.location.href).searchParams;
    for (const name of NAMES) form.elements[name].value = query.get(name) || "";
  };

  const go = (query) => {
    const address = `${window.location.pathname}${String(query) && `?${query}`}`;
    window.history.pushState({}, "", address);
    load(address);
  };

  form.addEventListener("change", () => go(chosen()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(chosen());
  });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    // The link is gone in a moment: the keyboard stays in the form.
    form.elements.kind.focus();
    go(new URLSearchParams());
  });
  window.addEventListener("popstate", () => load(window.location.href));
  form.classList.add("is-live");

  // A tie's line on a map is lit while its row or one of its places is pointed at, has the focus
  // or is open.
  const light = () => {
    const lit = new Set();
    const at = "[data-ties]:is(:hover, :focus, :focus-within, :has([open]))";
    for (const one of document.querySelectorAll(at)) {
      for (const tie of one.dataset.ties.split(" ")) lit.add(tie);
    }
    for (const line of document.querySelectorAll("[data-tie]")) {
      line.classList.toggle("lit", lit.has(line.dataset.tie));
    }
  };
  for (const name of ["pointerover", "pointerout", "focusin", "focusout", "toggle"]) {
    document.addEventListener(name, light, true);
  }
})();
