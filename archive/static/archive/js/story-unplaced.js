/* Words of the source that are in no field: added to the text or left out, never lost.
 *
 * The lists are the truth; the form's hidden input says the same to the server.
 */
(() => {
  "use strict";

  const SHOWN = {
    waiting: ["add", "leave"],
    left: ["add", "back"],
  };

  const panel = () => document.querySelector("[data-archive-unplaced]");
  const input = () => document.querySelector('[data-edit-form] [name="unplaced"]');
  const boxOf = (name) => panel().querySelector(`[data-unplaced-${name}]`);
  const itemsIn = (name) => [...boxOf(name).querySelectorAll("li")];
  const wordsOf = (item) => item.querySelector("[data-unplaced-words]").textContent;

  /* Lists without texts, and buttons that don't belong there, aren't shown; nor is what the story's
   * text has, and the form keeps. */
  const tidy = () => {
    for (const [name, actions] of Object.entries(SHOWN)) {
      const items = itemsIn(name);
      boxOf(name).hidden = items.every((one) => one.hidden);
      for (const button of items.flatMap((one) => [...one.querySelectorAll("button")]))
        button.hidden = !actions.includes(button.dataset.unplacedDo);
    }
    panel().hidden = !panel().querySelector("li:not([hidden])");
  };

  const keep = () => {
    tidy();
    const texts = Object.keys(SHOWN).flatMap((name) =>
      itemsIn(name).map((item) => ({ text: wordsOf(item), is_left_out: name === "left" })),
    );
    input().value = JSON.stringify(texts);
    input().dispatchEvent(new Event("change", { bubbles: true }));
  };

  const put = (item, name) => {
    boxOf(name).querySelector("ul").append(item);
    keep();
  };

  /* Texts as the server has them; gives what takes them out again. */
  const add = (texts) => {
    const items = texts.map(({ text, is_left_out: isLeftOut }) => {
      const item = panel().querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector("[data-unplaced-words]").textContent = text;
      boxOf(isLeftOut ? "left" : "waiting")
        .querySelector("ul")
        .append(item);
      return item;
    });
    keep();
    return () => {
      for (const item of items) item.remove();
      keep();
    };
  };

  const addToText = async (item) => {
    const from = item.closest("[data-unplaced-left]") ? "left" : "waiting";
    const undo = await window.ArchiveBody.append(wordsOf(item));
    if (!undo) return;
    item.remove();
    keep();
    window.ArchiveBody.done(panel().dataset.textAdded, () => {
      const isOut = undo();
      if (isOut) put(item, from);
      return isOut;
    });
  };

  const onClick = ({ target }) => {
    const button = target.closest("[data-unplaced-do]");
    const item = button?.closest("li");
    if (!item || !panel()?.contains(item)) return;
    const next = item.nextElementSibling || item.previousElementSibling;
    const todo = button.dataset.unplacedDo;
    if (todo === "add") addToText(item);
    else put(item, todo === "leave" ? "left" : "waiting");
    next?.querySelector("button:not([hidden])")?.focus();
  };

  document.addEventListener("click", onClick);
  window.ArchiveUnplaced = { add };
  const start = () => panel() && tidy();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
