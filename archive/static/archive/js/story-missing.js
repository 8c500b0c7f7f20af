/* What is still missing before publication: asked again after each autosave, and told by one that
 * is refused; a line leads to its field, whatever tab that is on. While the answer is of a form that
 * has changed since, the list says so. */
(() => {
  "use strict";

  const NO_PAGE = /\/0\/(?=missing\/$)/;

  const NO_WORDS = /^(csrfmiddlewaretoken|next|(loaded|overwrite)_revision_.*|comments-.*)$/;
  // Draftail hands its text to the form a quarter of a second after the last key.
  const PAUSE_MS = 350;

  const bar = () => document.querySelector("[data-missing]");
  const form = () => document.querySelector("[data-edit-form]");
  const listsIn = (box) => box.querySelectorAll("details");

  // Of the answers under way only the newest is shown.
  let turn = 0;

  // What the form held that the list tells of, and what was sent last; null while nobody types yet.
  let told = null;
  let sent = null;
  // What an answer writes into the form is nobody's change.
  const ownNames = new Set();

  const entries = (data) => [...data].filter(([name]) => !NO_WORDS.test(name));
  const isSame = (one, other) => {
    const words = (all) =>
      JSON.stringify(
        all.filter(([name]) => !ownNames.has(name)).map(([name, value]) => [name, `${value}`]),
      );
    return words(one) === words(other);
  };

  // What each line of a refused save is of, as it was sent.
  const refused = new Map();
  const heldLines = () => [
    ...(bar()?.querySelectorAll(".archive-missing__held [data-missing-field]") || []),
  ];
  const heldIn = (name, all) =>
    JSON.stringify(
      all
        .filter(([key]) => key === name || key.startsWith(`${name}-`))
        .map(([, value]) => `${value}`.trim()),
    );

  /* A line goes at once where its field has been filled in or changed: the next save tells anew. */
  const lookAtHeld = () => {
    const lines = heldLines();
    if (!lines.length) return;
    const now = entries(new FormData(form()));
    for (const line of lines) {
      const { missingField: name } = line.dataset;
      if (!refused.has(name)) refused.set(name, heldIn(name, sent || now));
      line.closest("li").hidden = refused.get(name) !== heldIn(name, now);
    }
    const held = lines[0].closest(".archive-missing__held");
    held.hidden = !held.querySelector("li:not([hidden])");
  };

  const look = () => {
    const box = bar();
    if (!box || !told) return;
    const isStale = !isSame(told, entries(new FormData(form())));
    box.toggleAttribute("data-stale", isStale);
    // What is being checked is read out aloud once it is.
    box.setAttribute("aria-busy", isStale);
    document.querySelector("[data-missing-checking]").hidden = !isStale;
  };

  let timer = 0;
  const lookSoon = () => {
    lookAtHeld();
    if (!told || timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      look();
    }, PAUSE_MS);
  };

  const watch = () => {
    if (bar()) told = entries(new FormData(form()));
  };

  const show = (box, html) => {
    if (sent) told = sent;
    look();
    refused.clear();
    // It is read out aloud whenever it changes.
    if (box.dataset.shown !== html) put(box, html);
    lookAtHeld();
  };

  // Whether each list is open where the form isn't scrolled away below it, by its class.
  const open = new Map();

  const put = (box, html) => {
    box.dataset.shown = html;
    const former = new Map([...listsIn(box)].map((list) => [list.className, list.open]));
    const confirmed = box.querySelector("input:checked")?.value;
    box.innerHTML = html;
    // Ticked while the answer was on its way.
    const confirm = box.querySelector("input");
    if (confirm && confirm.value === confirmed) confirm.checked = true;
    const isStuck = Boolean(box.closest("[data-stuck]"));
    for (const list of listsIn(box)) {
      if (isStuck && !open.has(list.className)) open.set(list.className, list.open);
      list.open = former.get(list.className) ?? (list.open && !isStuck);
    }
  };

  /* The story as it is stored lacks less or more than before; what holds a save up, does so still. */
  const showStored = (box, html) => {
    const held = box.querySelector("details.archive-missing__held");
    const lines = new Map(refused);
    show(box, html);
    if (!held) return;
    box.prepend(held);
    box.querySelector(".archive-missing__none")?.remove();
    box.dataset.shown = "";
    for (const [name, value] of lines) refused.set(name, value);
    lookAtHeld();
  };

  const tell = ({ detail }) => {
    const box = bar();
    turn += 1;
    if (box && detail.response?.html) show(box, detail.response.html);
  };

  const ask = async ({ detail } = {}) => {
    const box = bar();
    for (const name of Object.keys(detail?.data?.field_updates || {})) ownNames.add(name);
    // What was saved of an old version is the newest.
    if (detail && box) box.dataset.url = box.dataset.url.replace(/\?.*/, "");
    turn += 1;
    const asked = turn;
    if (!box) return;
    const pk = detail?.data?.pk;
    if (pk) box.dataset.url = box.dataset.url.replace(NO_PAGE, `/${pk}/`);
    if (NO_PAGE.test(box.dataset.url)) return;
    try {
      const answer = await window.ArchiveSession.ask(box.dataset.url);
      const html = await answer.text();
      if (asked === turn) (detail ? show : showStored)(box, html);
    } catch {
      // The form itself says that the connection is gone.
    }
  };

  // Once the form is scrolled away below it, the list is a line that opens by hand.

  const stick = () => {
    const panel = bar()?.closest(".w-panel");
    if (!panel?.offsetParent) return;
    const isStuck = panel.getBoundingClientRect().top < parseFloat(getComputedStyle(panel).top) + 1;
    if (isStuck === "stuck" in panel.dataset) return;
    // What is below it doesn't move.
    panel.style.minHeight = isStuck ? `${panel.offsetHeight}px` : "";
    panel.toggleAttribute("data-stuck", isStuck);
    for (const list of listsIn(panel)) {
      if (isStuck) open.set(list.className, list.open);
      list.open = !isStuck && (open.get(list.className) ?? list.open);
    }
    if (!isStuck) open.clear();
  };

  /* The field, or what stands for it: an editor, a select, the button that adds a block. */
  const inputOf = (name, block) => {
    const picture = block && document.querySelector(`[data-contentpath="${block}"]`);
    if (picture)
      return (
        picture.querySelector("[data-archive-lacks]") ||
        picture.querySelector(".chooser button:not([hidden])") ||
        inputIn(picture)
      );
    if (name === "unplaced")
      return document.querySelector("[data-archive-unplaced] button:not([hidden])");
    const body = document.querySelector(`[data-contentpath="${name}"]`);
    const part = body || document.querySelector(`[data-edit-form] [name="${name}"]`);
    return body ? inputIn(body) : part;
  };

  const inputIn = (body) =>
    body
      .querySelector(".error-message")
      ?.closest("[data-field]")
      ?.querySelector("input, textarea") ||
    body.querySelector('[contenteditable="true"], textarea, input:not([type="hidden"])') ||
    body.querySelector("button");

  const lead = (event) => {
    const link = event.target.closest?.("[data-missing-field]");
    const input = link && inputOf(link.dataset.missingField, link.dataset.missingBlock);
    if (!input) return;
    event.preventDefault();
    const tab = input.closest('[role="tabpanel"]');
    if (tab?.hidden)
      document
        .querySelector(`[role="tab"][aria-controls="${tab.id}"], [role="tab"][href="#${tab.id}"]`)
        ?.click();
    const section = input
      .closest(".w-panel")
      ?.querySelector(":scope > .w-panel__header [data-panel-toggle]");
    if (section?.getAttribute("aria-expanded") === "false") section.click();
    input.focus();
    input.scrollIntoView({ block: "center", behavior: "instant" });
  };

  /* What Wagtail's bar says of a refused save has been read once somebody goes on, and isn't true any
   * more when that is saved; what still lacks, the list says. */
  let isAtWork = false;
  const begin = ({ target }) => {
    isAtWork ||= form()?.contains(target);
  };
  const clearRefusal = () => {
    if (!isAtWork) return;
    for (const told of document.querySelectorAll(".messages > ul > .error")) told.remove();
  };

  for (const name of ["input", "pointerdown"]) document.addEventListener(name, begin, true);
  document.addEventListener("w-autosave:success", clearRefusal);
  document.addEventListener("scroll", stick, { passive: true, capture: true });
  document.addEventListener("w-unsaved:watch-edits", watch);
  document.addEventListener("w-autosave:save", ({ detail }) => {
    sent = entries(detail.formData);
  });
  for (const name of ["input", "change", "click", "keyup", "w-unsaved:add"])
    document.addEventListener(name, lookSoon, true);
  // A picture may have been mended in another tab or window. Two events may tell of one return.
  let back = 0;
  const comeBack = () => {
    if (document.hidden || back) return;
    back = window.setTimeout(() => {
      back = 0;
      if (bar()?.hasAttribute("data-stale")) return;
      sent = null;
      ask();
    });
  };
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("focus", comeBack);
  document.addEventListener("w-autosave:success", ask);
  document.addEventListener("w-autosave:error", tell);
  window.addEventListener("load", lookAtHeld);
  document.addEventListener("click", lead);
})();
