/* The translators' desk: asks before it hands on drafts that nobody has confirmed. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const APPROVAL = "[data-workflow-action-name=approve]";
  const BUTTONS = [
    ...["publish", "submit", "restart-workflow"].map((name) => `[name=action-${name}]`),
    APPROVAL,
  ];

  /* `go` leads to a row. The server asks as well, where no script did. */
  desk.askAboutDrafts = (root, form, rows, go) => {
    const drafts = () => rows.filter((row) => row.isDraft);
    const unseen = () => rows.filter((row) => row.isUnseen);
    const known = root.querySelector("[data-desk-drafts-known]");
    const dialog = root.querySelector("[data-desk-drafts]");
    const goOn = dialog.querySelector("[data-desk-drafts-go]");
    let pressed = null;
    let agreed = null;
    // Who has agreed to some is asked again about others: a comment to an approval can be put off.
    const isKnown = () => known.checked && (!known.hidden || agreed === wordsOf(drafts()));
    const wordsOf = (some) => JSON.stringify(some.map((row) => [row.key, row.words]));
    // Before Wagtail's script shows the button as busy.
    form.addEventListener(
      "click",
      (event) => {
        const button = event.target.closest(`button:is(${BUTTONS})`);
        if (!button) return;
        // What was typed a moment ago is a draft, too.
        rows.forEach((row) => row.text.settle());
        const number = drafts().length;
        const mustBeSeen = unseen().length > 0;
        if (!number || (isKnown() && !mustBeSeen)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        pressed = button;
        dialog.querySelector("b").textContent = number;
        // What the server refuses isn't offered.
        goOn.hidden = mustBeSeen;
        dialog.querySelector("[data-desk-drafts-ask]").hidden = mustBeSeen;
        const isApproval = button.matches(APPROVAL);
        goOn.textContent = isApproval ? goOn.dataset.approval : goOn.dataset.label;
        dialog.querySelector("[data-desk-drafts-approval]").hidden = mustBeSeen || !isApproval;
        dialog.querySelector("[data-desk-drafts-unseen]").hidden = !mustBeSeen;
        dialog.showModal();
      },
      true,
    );
    goOn.addEventListener("click", () => {
      dialog.close();
      known.checked = true;
      agreed = wordsOf(drafts());
      pressed.click();
    });
    dialog.querySelector("[data-desk-drafts-see]").addEventListener("click", () => {
      dialog.close();
      go(unseen()[0] || drafts()[0]);
    });
  };
})();
