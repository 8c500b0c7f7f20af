// Copies addresses, citations and quotations, and hands a story to the reader's own programs.
// Without the script there are links, and texts to select.
(() => {
  "use strict";

  const frame = document.querySelector("[data-copied]");
  if (!frame) return;
  const words = frame.dataset;
  const SHORTEST_QUOTE = 3;
  const SETTLED_MS = 200;
  const SHOWN_MS = 2500;

  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  frame.append(status);

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copiedBySelecting(text);
    }
  }

  // Where the page wasn't sent encrypted, browsers know no other way.
  function copiedBySelecting(text) {
    const back = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    back?.focus();
    return done;
  }

  async function copyBy(button, text) {
    const say = (await copied(text)) ? words.copied : words.failed;
    button.dataset.label ??= button.innerHTML;
    const { label } = button.dataset;
    // Said anew each time, though the words are the same.
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = say));
    button.textContent = say;
    setTimeout(() => (button.innerHTML = label), SHOWN_MS);
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const source = document.getElementById(button.dataset.copy);
    button.addEventListener("click", () => copyBy(button, source.textContent.trim()));
  }

  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    button.addEventListener("click", () =>
      // To change one's mind isn't an error.
      navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}),
    );
  }

  // Quotations

  const body = document.querySelector(".story-body");
  if (!body || !words.quote) return;
  const tools = document.createElement("span");
  tools.className = "quote-tools";
  const [button, keeper] = ["quote-button", "quiet-button"].map((name) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = name;
    return one;
  });
  button.textContent = words.quote;
  keeper.textContent = words.passage;
  const citing = document.createElement("a");
  citing.className = "quiet-button";
  citing.textContent = words.cite;
  tools.append(button, keeper, citing);
  let quotation = "";
  let passage = null;

  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  // The words with where they were printed, and as they are with their permanent address.
  function quoted(range, text) {
    const element = elementOf(range.startContainer);
    // The text's own language, not that of a foreign name in it.
    const side = element.closest(".side, .story-body");
    const language = side.closest("[lang]").lang.toLowerCase();
    const patterns = frame.getAttributeNames().filter((name) => name.startsWith("data-pattern-"));
    const own = `data-pattern-${language}`;
    const pattern = frame.getAttribute(patterns.includes(own) ? own : patterns[0]);
    // Beside each other, the two languages share the main one's ids.
    const place = element.closest(".pair")?.querySelector(".block[id]");
    const block = (place ?? element.closest(".block"))?.id;
    // Marks inside a quotation are single ones, in both languages.
    const inner = text.replaceAll("“", "‘").replaceAll("”", "’");
    const hash = block ? `#${block}` : "";
    citing.href = block ? `${words.citeUrl}?paragraph=${block}` : words.citeUrl;
    const url = pattern.slice(pattern.lastIndexOf("http")) + hash;
    passage = { text, url, lang: side.closest("[lang]").lang };
    // The patterns end in the address, which may hold a "$".
    return pattern.replace("{quote}", () => inner) + hash;
  }

  function place(range) {
    const end = elementOf(range.endContainer);
    // Next in the order of the keyboard, too.
    (end.closest(".block") ?? body).append(tools);
    const last = [...range.getClientRects()].at(-1);
    const origin = tools.offsetParent.getBoundingClientRect();
    // Measured where it has all the room there is.
    tools.style.left = `${8 - origin.left}px`;
    const most = document.documentElement.clientWidth - tools.offsetWidth - 8;
    tools.style.left = `${Math.max(8, Math.min(last.right, most)) - origin.left}px`;
    tools.style.top = `${last.bottom - origin.top + 6}px`;
  }

  function offer() {
    const selection = getSelection();
    const text = selection.toString().trim().replace(/\s+/g, " ");
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || text.length < SHORTEST_QUOTE || !body.contains(range.commonAncestorContainer)) {
      if (!tools.contains(document.activeElement)) tools.remove();
      return;
    }
    quotation = quoted(range, text);
    place(range);
  }

  let settling;
  document.addEventListener("selectionchange", () => {
    clearTimeout(settling);
    settling = setTimeout(offer, SETTLED_MS);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tools.remove();
    // From the text the keyboard goes to its button; from a link it goes on as ever.
    const isInText = !document.activeElement?.matches("a, button, input, select, textarea");
    if (event.key === "Tab" && !event.shiftKey && tools.isConnected && isInText) {
      event.preventDefault();
      button.focus({ preventScroll: true });
    }
  });
  // A press on the button must not end the selection.
  tools.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => copyBy(button, quotation));
  keeper.addEventListener("click", () => {
    tools.remove();
    document.dispatchEvent(new CustomEvent("archive-passage", { detail: passage }));
  });
})();
