// A card beside each mention of a name: on hover after a moment, and while the mention has the
// keyboard's focus. Escape closes it, the pointer may enter it, and a tap just follows the link.
(() => {
  const OPEN_MS = 350,
    CLOSE_MS = 250,
    GAP = 8;
  const wired = document.currentScript.dataset;
  const cards = new Map();
  let card, style, mention, opening, closing, wanted;

  const urlOf = (link) =>
    `${wired.entities}${encodeURIComponent(link.dataset.entity)}/card/${wired.on ? `?on=${wired.on}` : ""}`;

  function load(url) {
    style ??= new Promise((done) => {
      const sheet = Object.assign(document.createElement("link"), {
        rel: "stylesheet",
        href: wired.style,
      });
      sheet.onload = sheet.onerror = done;
      document.head.append(sheet);
    });
    if (!cards.has(url)) {
      const words = fetch(url).then((answer) => (answer.ok ? answer.text() : ""));
      cards.set(
        url,
        words
          .catch(() => "")
          .then((html) => {
            // Whatever went wrong may go right the next time.
            if (!html) cards.delete(url);
            return html;
          }),
      );
    }
    return Promise.all([cards.get(url), style]).then(([html]) => html);
  }

  function make() {
    card = document.createElement("div");
    card.className = "entity-card";
    card.hidden = true;
    if ("popover" in card) card.popover = "manual";
    card.addEventListener("pointerenter", () => clearTimeout(closing));
    card.addEventListener("pointerleave", closeSoon);
    (document.querySelector("main") ?? document.body).append(card);
  }

  async function open(link, box) {
    wanted = link;
    const html = await load(urlOf(link));
    if (wanted !== link || !html || !link.isConnected) return;
    if (!card) make();
    if (mention && mention !== link) mention.removeAttribute("aria-describedby");
    card.innerHTML = html;
    const facts = card.firstElementChild;
    facts.id = "entity-card-facts";
    facts.setAttribute("role", "tooltip");
    link.setAttribute("aria-describedby", facts.id);
    mention = link;
    card.hidden = false;
    if (card.popover && !card.matches(":popover-open")) card.showPopover();
    place(box ?? link.getClientRects()[0]);
  }

  // Below the line of the mention, or above it where there is no room; never out of the window.
  function place(box) {
    const root = document.documentElement;
    const left = Math.max(GAP, Math.min(box.left, root.clientWidth - card.offsetWidth - GAP));
    const below = box.bottom + GAP;
    const above = box.top - GAP - card.offsetHeight;
    const top = below + card.offsetHeight > root.clientHeight && above > 0 ? above : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function close() {
    clearTimeout(opening);
    clearTimeout(closing);
    wanted = null;
    if (!mention) return;
    mention.removeAttribute("aria-describedby");
    mention = null;
    if (card.popover) card.hidePopover();
    card.hidden = true;
  }

  function openSoon(link, box) {
    clearTimeout(opening);
    clearTimeout(closing);
    if (link === mention) return;
    opening = setTimeout(() => open(link, box), OPEN_MS);
  }

  function closeSoon() {
    clearTimeout(opening);
    clearTimeout(closing);
    wanted = null;
    // What has the keyboard's focus keeps its card.
    if (mention?.matches(":focus-visible")) return;
    closing = setTimeout(close, CLOSE_MS);
  }

  const mentionOf = (target) =>
    target instanceof Element ? target.closest("a[data-entity]") : null;

  // A mention may run over two lines: the card belongs to the one that the pointer is on.
  const lineAt = (link, event) =>
    [...link.getClientRects()].find(
      (box) => event.clientY >= box.top && event.clientY <= box.bottom,
    );

  document.addEventListener("pointerover", (event) => {
    const link = mentionOf(event.target);
    if (link && event.pointerType !== "touch") openSoon(link, lineAt(link, event));
  });
  document.addEventListener("pointerout", (event) => {
    const link = mentionOf(event.target);
    if (link && event.pointerType !== "touch" && !link.contains(event.relatedTarget)) closeSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = mentionOf(event.target);
    if (link?.matches(":focus-visible")) openSoon(link);
    else if (!card?.contains(event.target)) close();
  });
  document.addEventListener("focusout", (event) => {
    if (mentionOf(event.target) && !card?.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
