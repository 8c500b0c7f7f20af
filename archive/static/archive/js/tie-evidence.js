/* The form of a tie: a button shows the chosen story, and a click on a sentence of it is the place
   of the evidence. The sentence is copied where none has been written yet. */
(() => {
  "use strict";

  const dialog = document.createElement("dialog");
  dialog.className = "archive-sentences";
  dialog.setAttribute("aria-labelledby", "archive-sentences-title");
  let place = null;

  /* A field of the same row of the form, such as "article". */
  const fieldBeside = (input, name) =>
    document.getElementsByName(input.name.replace(/block_id$/, name))[0];

  const open = async (button) => {
    place = button.closest("[data-archive-sentence]");
    const input = place.querySelector("input");
    const chosen = place.querySelector("[data-archive-sentence-chosen]");
    const story = fieldBeside(input, "article")?.value;
    if (!story) {
      chosen.textContent = button.dataset.lacking;
      return;
    }
    const url = place.dataset.url.replace(/0\/$/, `${story}/`);
    try {
      dialog.innerHTML = await (await window.ArchiveSession.ask(url)).text();
    } catch ({ message }) {
      chosen.textContent = message;
      return;
    }
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector(`[data-block="${CSS.escape(input.value)}"]`)?.focus();
  };

  const choose = (sentence) => {
    const input = place.querySelector("input");
    input.value = sentence.dataset.block;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    place.querySelector("[data-archive-sentence-chosen]").textContent = sentence.textContent;
    const words = fieldBeside(input, sentence.dataset.field);
    if (words && !words.value.trim()) {
      words.value = sentence.textContent;
      words.dispatchEvent(new Event("input", { bubbles: true }));
    }
    dialog.close();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-archive-sentence-choose]")) open(button);
    else if (dialog.contains(button) && button.dataset.block) choose(button);
    else if (button.matches("[data-archive-sentence-close]")) dialog.close();
  });
})();
