/* The translators' desk: asks before it hands on drafts that nobody has confirmed, and before it
 * hands on without a comment that was typed and not sent. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const [APPROVAL, RETURN] = ["approve", "reject"].map(
    (name) => `[data-workflow-action-name=${name}]`,
  );
  const BUTTONS = [
    ...["publish", "submit", "restart-workflow"].map((name) => `[name=action-${name}]`),
    ...[APPROVAL, RETURN],
  ];

  /* `go` leads to a row; `unsent` has what was typed beside one. The server asks about drafts as
     well, where no script did. */
  desk.askAboutDrafts = (root, form, { rows, unsent, go }) => {
    // What was confirmed a moment ago is none, though the server hasn't answered.
    const isDraft = (row) => row.isDraft && !row.isStanding;
    const unseen = () => rows.filter((row) => row.isUnseen && isDraft(row));
    const known = root.querySelector("[data-desk-drafts-known]");
    const dialog = root.querySelector("[data-desk-drafts]");
    const part = (name) => dialog.querySelector(`[data-desk-drafts-${name}]`);
    const goOn = part("go");
    let [asked, agreed, pressed] = [null, [], null];
    /* What is handed on with this button that somebody may not know of. */
    const stateOf = (button) => ({
      drafts: rows.filter((row) => isDraft(row) && !button.matches(RETURN)),
      comments: rows.filter(({ key }) => unsent.has(key)),
    });
    const wordsOf = ({ drafts, comments }) => [
      JSON.stringify(drafts.map((row) => [row.key, row.words])),
      JSON.stringify(comments.map(({ key }) => [key, unsent.of(key)])),
    ];
    const show = (name, isShown) => {
      part(name).hidden = !isShown;
    };
    // Before Wagtail's script shows the button as busy.
    form.addEventListener(
      "click",
      (event) => {
        const button = event.target.closest(`button:is(${BUTTONS})`);
        if (!button) return;
        // What was typed a moment ago is a draft, too.
        rows.forEach((row) => row.text.settle());
        asked = stateOf(button);
        const { drafts, comments } = asked;
        const mustBeSeen = drafts.length > 0 && unseen().length > 0;
        // Who has agreed to some is asked again about others: a comment to an approval can be put off.
        const [words, said] = wordsOf(asked);
        const isTicked = known.checked && !known.hidden;
        const areKnown = !drafts.length || isTicked || words === agreed[0];
        if (areKnown && !mustBeSeen && (!comments.length || said === agreed[1])) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        pressed = button;
        const isApproval = button.matches(APPROVAL);
        part("number").textContent = drafts.length;
        part("unsent").querySelector("b").textContent = comments.length;
        show("some", drafts.length);
        show("unsent", comments.length);
        show("see", drafts.length);
        show("comment", comments.length);
        // What the server refuses isn't offered.
        show("go", !mustBeSeen);
        show("ask", !mustBeSeen);
        show("approval", drafts.length && !mustBeSeen && isApproval);
        show("unseen", mustBeSeen);
        const { approval, label, comment } = goOn.dataset;
        goOn.textContent = (!drafts.length && comment) || (isApproval ? approval : label);
        dialog.showModal();
      },
      true,
    );
    goOn.addEventListener("click", () => {
      dialog.close();
      if (asked.drafts.length) known.checked = true;
      agreed = wordsOf(asked);
      pressed.click();
    });
    part("see").addEventListener("click", () => {
      dialog.close();
      go(unseen()[0] || asked.drafts[0]);
    });
    part("comment").addEventListener("click", () => {
      dialog.close();
      go(asked.comments[0]);
    });
  };
})();
