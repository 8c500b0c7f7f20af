/* The translators' desk: the translation as readers will see it, as the desk is at this moment.
 *
 * The desk tells what is typed, saved and worked on; the page in its side panel and the one in a
 * second window listen, and answer a click with the segment. A text is put into its place at once;
 * once it is saved, the page that the server makes of it takes that place.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const lineOf = ({ user, translation }) =>
    new BroadcastChannel(`archive-desk:${user}:${translation}`);

  const LIT = "archive-lit";
  const TAGS = { BOLD: "b", ITALIC: "i" };
  const LISTS = { "unordered-list-item": "ul", "ordered-list-item": "ol" };
  // Where a part of a block stands, by the end of its key.
  const PARTS = {
    title: "h2",
    quote: "blockquote > p",
    attribution: "figcaption",
    caption: "figcaption > span:not(.twin), figcaption",
    credit: "figcaption cite",
    table_caption: "caption",
  };

  /* Draftail's raw content as elements: paragraphs and lists with emphasis and links. */
  const elementsOf = ({ blocks }, doc) => {
    const made = [];
    blocks.forEach(({ text, type, inlineStyleRanges, entityRanges }) => {
      const list = LISTS[type];
      const box = doc.createElement(list ? "li" : "p");
      const ranges = [...inlineStyleRanges, ...entityRanges];
      const cuts = ranges.flatMap(({ offset, length }) => [offset, offset + length]);
      const places = [...new Set([0, ...cuts, text.length])].sort((one, two) => one - two);
      places.slice(0, -1).forEach((from, n) => {
        const holds = ({ offset, length }) => offset <= from && from < offset + length;
        const names = inlineStyleRanges.filter(holds).map(({ style }) => TAGS[style]);
        if (entityRanges.some(holds)) names.push("a");
        const piece = names.filter(Boolean).reduce(
          (inner, name) => {
            const outer = doc.createElement(name);
            if (name === "a") outer.setAttribute("href", "#");
            outer.append(inner);
            return outer;
          },
          doc.createTextNode(text.slice(from, places[n + 1])),
        );
        box.append(piece);
      });
      if (list && made.at(-1)?.localName !== list) made.push(doc.createElement(list));
      if (list) made.at(-1).append(box);
      else made.push(box);
    });
    return made;
  };

  /* A page in a frame that follows the desk; the frame may be another one after each load. */
  class FollowingPage {
    constructor(place, { pageUrl, pageStyle, ...names }) {
      this.place = place;
      this.url = pageUrl;
      this.style = pageStyle;
      this.texts = new Map();
      this.keys = [];
      this.line = lineOf(names);
      this.line.addEventListener("message", ({ data }) => this.hear(data));
      place.addEventListener(
        "load",
        ({ target }) => target.localName === "iframe" && this.prepare(target.contentDocument),
        true,
      );
      this.documents.forEach((page) => this.prepare(page));
      this.line.postMessage({ kind: "hello" });
    }

    get documents() {
      return [...this.place.querySelectorAll("iframe")]
        .map((frame) => frame.contentDocument)
        .filter((page) => page?.querySelector("article"));
    }

    hear(message) {
      const { kind, key } = message;
      if (kind === "row") {
        this.keys = message.keys || this.keys;
        this.lit = key;
        this.documents.forEach((page) => this.light(page));
      } else if (kind === "text") {
        this.texts.set(key, message);
        this.documents.forEach((page) => {
          this.put(page, message);
          // Perhaps in a place that was made for it.
          if (key === this.lit) this.light(page);
        });
      } else if (kind === "saved") {
        [...this.texts.keys()]
          .filter((one) => !message.waiting.includes(one))
          .forEach((one) => this.texts.delete(one));
        this.refresh();
      }
    }

    /* A page that has just come: Wagtail's panel loads a new one at times. */
    prepare(page) {
      if (!page?.querySelector("article") || page.documentElement.dataset.archiveFollows) return;
      page.documentElement.dataset.archiveFollows = "yes";
      const style = page.createElement("link");
      style.rel = "stylesheet";
      style.href = this.style;
      page.head.append(style);
      page.addEventListener("click", (event) => this.press(event), true);
      this.texts.forEach((message) => this.put(page, message));
      this.light(page);
    }

    press(event) {
      if (event.ctrlKey || event.metaKey) return;
      const page = event.currentTarget;
      const places = this.keys.map((key) => [key, this.placeOf(page, key)]);
      const of = (key, place) =>
        place?.contains(event.target) || page.getElementById(key)?.contains(event.target);
      // The narrowest: a caption lies in its picture's block.
      const found =
        places.filter(([, place]) => place?.contains(event.target)).at(-1) ||
        places.find(([key, place]) => of(key.split("/")[0], place));
      if (!found) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.line.postMessage({ kind: "open", key: found[0] });
    }

    /* Where a segment stands in the page; null where readers see nothing of it. */
    placeOf(page, key) {
      const [block, ...path] = key.split("/");
      const box = page.getElementById(block);
      const last = path.at(-1);
      if (!box || !last) return box;
      const part = box.querySelector(`[data-part="${CSS.escape(last)}"]`);
      if (part || last === "text") return part || box;
      const cell = /^r(\d+)c(\d+)$/.exec(last);
      if (cell) return box.querySelectorAll("tr")[cell[1]]?.children[cell[2]] || null;
      // Pictures of a gallery have no names of their own in the page.
      return path[0] !== "pictures" && PARTS[last] ? box.querySelector(PARTS[last]) : null;
    }

    light(page) {
      this.unlight(page);
      if (!this.lit) return;
      const place = this.placeOf(page, this.lit) || page.getElementById(this.lit.split("/")[0]);
      // Where several have no words yet, one note stands for all.
      const shown = place?.matches(".anchor") ? place.nextElementSibling : place;
      if (!shown) return;
      shown.classList.add(LIT);
      const { top, height, bottom } = shown.getBoundingClientRect();
      const room = page.documentElement.clientHeight;
      if (top < 0 || bottom > room)
        page.defaultView.scrollBy({
          top: top - Math.max(room - height, 0) / 2,
          behavior: "instant",
        });
    }

    unlight(page) {
      page.querySelector(`.${LIT}`)?.classList.remove(LIT);
    }

    /* What is typed, where it will stand. */
    put(page, { key, text, raw }) {
      let place = this.placeOf(page, key);
      if (place?.matches(".anchor, .block-omitted")) place = this.makeRoom(page, place, key);
      if (!place) return;
      if (!raw) {
        place.textContent = text;
        return;
      }
      const dateline = place.querySelector(".dateline");
      const fresh = elementsOf(raw, page);
      if (dateline && fresh[0]) fresh[0].prepend(dateline, " ");
      place.querySelectorAll(":scope > :is(p:not(.mark), ul, ol)").forEach((one) => one.remove());
      const title = place.querySelector(":scope > h2");
      if (title) title.after(...fresh);
      else place.prepend(...fresh);
    }

    /* A block of its own for what had none: the next page has it, too. */
    makeRoom(page, place, key) {
      if (key.includes("/")) return null;
      const room = page.createElement("div");
      room.className = "block block-paragraph";
      const note = place.matches(".anchor") ? place.nextElementSibling : place;
      note?.after(room);
      place.removeAttribute("id");
      room.id = key;
      return note ? room : null;
    }

    /* The page as the server has it now; what is alike stays, with its pictures. */
    async refresh() {
      if (!this.place.checkVisibility()) {
        this.isBehind = true;
        return;
      }
      this.isBehind = false;
      this.request?.abort();
      const request = new AbortController();
      this.request = request;
      try {
        const response = await fetch(this.url, {
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: request.signal,
        });
        if (!response.ok || response.redirected) return;
        const html = await response.text();
        if (request !== this.request) return;
        this.documents.forEach((page) => this.follow(page, html));
      } catch {
        /* The next save asks again. */
      }
    }

    follow(page, html) {
      this.unlight(page);
      const fresh = new DOMParser().parseFromString(html, "text/html");
      const [old, now] = [page, fresh].map((one) => one.querySelector("article"));
      if (!old || !now) return;
      const bodies = [old, now].map((one) => one.querySelector(".story-body"));
      if (bodies.every(Boolean)) {
        this.match(...bodies);
        bodies[1].replaceWith(bodies[0]);
      }
      this.match(old, now, bodies[0]);
      this.texts.forEach((message) => this.put(page, message));
      this.light(page);
    }

    match(old, now, kept = null) {
      const here = new Map([...old.children].map((one) => [one.outerHTML, one]));
      const wanted = [...now.children].map((one) =>
        one === kept ? one : here.get(one.outerHTML) || one,
      );
      old.replaceChildren(...wanted);
    }
  }

  /* The desk's side: what it tells the pages, and its own page in Wagtail's panel. */
  class PageLink {
    constructor(root, rows, { go, onDecided }) {
      this.rows = rows;
      this.typed = new Set();
      this.line = lineOf(root.dataset);
      this.line.addEventListener("message", ({ data }) => {
        if (data.kind === "hello") this.greet();
        if (data.kind === "decided") onDecided(data);
        if (data.kind === "open") go(rows.find((row) => row.key === data.key));
      });
      this.panel = document.querySelector("[data-side-panel='preview']");
      if (!this.panel) return;
      this.page = new FollowingPage(this.panel, root.dataset);
      // An older version is shown by Wagtail, from the form; and its checks read that.
      const checks = document.querySelector("[data-side-panel='checks']");
      if (!root.dataset.saveUrl) return;
      this.panel.addEventListener("w-preview:update", (event) => {
        const frame = this.panel.querySelector("iframe");
        if (checks && !checks.hidden) return;
        event.preventDefault();
        if (!frame.src) frame.src = root.dataset.pageUrl;
      });
      this.panel.addEventListener("show", () => {
        if (this.page.isBehind) this.page.refresh();
      });
    }

    greet() {
      const keys = this.rows.map((row) => row.key);
      this.line.postMessage({ kind: "row", key: this.key, keys });
      this.rows.filter((row) => row.isDirty).forEach((row) => this.type(row));
    }

    follow(row) {
      if (this.key === row.key) return;
      this.key = row.key;
      this.line.postMessage({ kind: "row", key: row.key });
    }

    type(row) {
      // Draftail tidies a text when it starts: that is nobody's change.
      if (!row.isDirty && !this.typed.has(row.key)) return;
      this.typed.add(row.key);
      const { text } = row;
      const raw = row.isRich
        ? JSON.parse(text.value || "null") || { blocks: [], entityMap: {} }
        : null;
      this.line.postMessage({ kind: "text", key: row.key, text: text.plain, raw });
    }

    /* To its person's other windows of the desk. */
    decided(conflict) {
      this.line.postMessage({ ...conflict, kind: "decided" });
    }

    saved() {
      const waiting = this.rows.filter((row) => row.isDirty).map((row) => row.key);
      this.typed = new Set(waiting);
      this.line.postMessage({ kind: "saved", waiting });
    }
  }

  desk.PageLink = PageLink;

  // The window for a second screen.
  const own = document.querySelector("[data-desk-window]");
  if (own) {
    const name = `archive-desk-width:${own.dataset.user}`;
    const boxes = [...own.querySelectorAll("[name=width]")];
    const show = (width) => {
      own.dataset.width = width;
      boxes.forEach((box) => {
        box.checked = box.value === width;
      });
    };
    try {
      show(localStorage.getItem(name) || "");
    } catch {
      show("");
    }
    own.addEventListener("change", ({ target }) => {
      show(target.value);
      try {
        localStorage.setItem(name, target.value);
      } catch {
        /* Then it is as wide as the window the next time. */
      }
    });
    new FollowingPage(own, own.dataset);
  }
})();
