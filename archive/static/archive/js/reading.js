// A story in two languages: keeps the reader's place when the language or the mode changes, lights
// up the pair that was tapped, and opens a paragraph's other text. Without it, all links still work.
(() => {
  const body = document.querySelector(".story-body");
  if (!body) return;

  // The first block that reaches below the top of the window; "" while the head is still in view.
  const place = () => {
    // Below the mode bar, which stays at the top.
    const line = (document.querySelector(".modes")?.offsetHeight ?? 0) + 8;
    if (body.getBoundingClientRect().top > line) return "";
    const blocks = body.querySelectorAll(".block[id]");
    for (const block of blocks) {
      if (block.getBoundingClientRect().bottom > line) return block.id;
    }
    return blocks.length ? blocks[blocks.length - 1].id : "";
  };

  const keepPlace = (event) => {
    const link = event.target.closest?.("a[data-keep-place]");
    if (link) link.hash = place();
  };
  // A middle click opens a tab of its own.
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, keepPlace, true);

  if (!body.classList.contains("in-pairs")) return;

  const light = (target) => {
    for (const lit of body.querySelectorAll(".lit")) lit.classList.remove("lit");
    const pair = target?.closest(".pair");
    if (!pair) return;
    pair.classList.add("lit");
    // Within a list, the item that says the same.
    const part = target.closest("[data-part]")?.dataset.part;
    if (!part) return;
    for (const item of pair.querySelectorAll("[data-part]")) {
      item.classList.toggle("lit", item.dataset.part === part);
    }
  };
  body.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") light(event.target);
  });
  body.addEventListener("pointerleave", () => light(null));
  body.addEventListener("focusin", (event) => light(event.target));
  body.addEventListener("click", (event) => {
    light(event.target);
    // Whoever follows a link, works a control or marks words doesn't ask for the other text.
    if (event.target.closest("a, summary, button, input, video, iframe, .table-frame")) return;
    if (!getSelection().isCollapsed) return;
    const reveal = event.target
      .closest(".pair > .side")
      ?.parentElement.querySelector(":scope > .reveal");
    if (reveal) reveal.open = !reveal.open;
  });
})();
