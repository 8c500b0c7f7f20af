/* What is still missing before publication: asked again after each autosave, and told by one that
 * is refused; a line leads to its field, whatever tab that is on. */
(() => {
  "use strict";

  const NO_PAGE = /\/0\/(?=missing\/$)/;

  const bar = () => document.querySelector("[data-missing]");

  // Of the answers under way only the newest is shown.
  let turn = 0;

  const show = (box, html) => {
    // It is read out aloud whenever it changes.
    if (box.dataset.shown === html) return;
    box.dataset.shown = html;
    const wasOpen = box.querySelector("details")?.open;
    const confirmed = box.querySelector("input:checked")?.value;
    box.innerHTML = html;
    // Ticked while the answer was on its way.
    const confirm = box.querySelector("input");
    if (confirm && confirm.value === confirmed) confirm.checked = true;
    const list = box.querySelector("details");
    if (list && wasOpen !== undefined) list.open = wasOpen;
  };

  const tell = ({ detail }) => {
    const box = bar();
    turn += 1;
    if (box && detail.response?.html) show(box, detail.response.html);
  };

  const ask = async ({ detail }) => {
    const box = bar();
    turn += 1;
    const asked = turn;
    if (!box) return;
    const pk = detail.data?.pk;
    if (pk) box.dataset.url = box.dataset.url.replace(NO_PAGE, `/${pk}/`);
    if (NO_PAGE.test(box.dataset.url)) return;
    try {
      const answer = await fetch(box.dataset.url);
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      if (asked === turn) show(box, html);
    } catch {
      // The form itself says that the connection is gone.
    }
  };

  /* The field, or what stands for it: an editor, a select, the button that adds a block. */
  const inputOf = (name) => {
    if (name === "unplaced")
      return document.querySelector("[data-archive-unplaced] button:not([hidden])");
    const body = document.querySelector(`[data-contentpath="${name}"]`);
    const part = body || document.querySelector(`[data-edit-form] [name="${name}"]`);
    if (!body) return part;
    return (
      body
        .querySelector(".error-message")
        ?.closest("[data-field]")
        ?.querySelector("input, textarea") ||
      body.querySelector('[contenteditable="true"], textarea, input:not([type="hidden"])') ||
      body.querySelector("button")
    );
  };

  const lead = (event) => {
    const link = event.target.closest?.("[data-missing-field]");
    const input = link && inputOf(link.dataset.missingField);
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

  document.addEventListener("w-autosave:success", ask);
  document.addEventListener("w-autosave:error", tell);
  document.addEventListener("click", lead);
})();
