/* The translators' desk: what helps with the row that has the focus, fetched as HTML. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 200;
  // Without a line, it is tried again so long after; a browser isn't told of every line that is back.
  const RETRY_MS = 15_000;
  const MODIFIERS = new Set(["Control", "Alt", "Shift", "Meta", "AltGraph"]);
  const INPUTS = "input, textarea, select";
  const LETTERS_BEFORE = /(?:\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}'’-]){2,})$/u;

  /* What a suggestion may have wrong: see `archive.desk.memory.adaptation`. */
  const doubtsOf = ({ dataset: { adapted, differing } }) =>
    adapted || differing
      ? { adapted: JSON.parse(adapted || "[]"), differing: JSON.parse(differing || "[]") }
      : null;

  class Sidebar {
    constructor(root, { rows, saver, messages, tell }) {
      this.root = root;
      this.panel = root.querySelector("[data-desk-sidebar]");
      // What the server says of the row; the box for a comment is always there.
      this.aids = this.panel.querySelector("[data-desk-aids]");
      this.box = this.panel.querySelector("[data-desk-comment]");
      this.saver = saver;
      this.messages = messages;
      this.tell = tell;
      this.row = null;
      this.unsent = new desk.Unsent(root.dataset);
      this.unsent.read().then(() => {
        rows.forEach((row) => row.showUnsent(this.unsent.has(row.key)));
        if (this.row) this.fillStanding();
      });
      // Who has pressed anything since a command was given has done with it.
      this.touches = 0;
      // What lies under a pressed button of the mouse must lie there still when it is let go.
      this.released = Promise.resolve();
      // Of another button's end, or of a first finger's, nobody may be told.
      window.addEventListener(
        "pointerdown",
        (event) => {
          this.release?.();
          this.touches += 1;
          if (event.button === 0)
            this.released = new Promise((release) => {
              this.release = release;
            });
        },
        true,
      );
      ["pointerup", "pointercancel"].forEach((kind) => {
        window.addEventListener(kind, () => window.setTimeout(() => this.release?.()), true);
      });
      // The text keeps its cursor while a button is pressed.
      this.panel.addEventListener("mousedown", (event) => {
        if (event.target.closest("[data-insert], [data-replace], [data-fix]"))
          event.preventDefault();
      });
      this.panel.addEventListener("click", (event) => this.press(event));
      this.panel.addEventListener("keydown", (event) => this.enter(event));
      this.panel.addEventListener("input", ({ target }) => {
        if (target.dataset.sectionInput && this.row)
          this.keep(this.row, this.nameOf(target), target.value);
      });
      document.addEventListener(
        "keydown",
        ({ key, repeat }) => {
          // A key that is held down, or that only leads up to another, is none.
          if (!repeat && !MODIFIERS.has(key)) this.touches += 1;
        },
        true,
      );
      ["online", "focus"].forEach((kind) => {
        window.addEventListener(kind, () => this.isCutOff && this.fetch());
      });
      this.panel.addEventListener("focusout", () => {
        if (this.isBehind) this.released.then(() => !this.isTyping && this.fetch());
      });
    }

    /* Show what helps with this row, soon; for one that was only passed nothing is fetched. */
    follow(row) {
      if (this.row === row) return;
      this.row = row;
      window.clearTimeout(this.timer);
      this.request?.abort();
      this.aids.inert = true;
      this.box.disabled = false;
      this.fillStanding();
      // Until its aids are on the screen, or it is said there why they aren't; by whichever request:
      // a save that is answered meanwhile asks anew.
      this.ready = new Promise((resolve) => {
        this.answered = resolve;
      });
      this.released.then(() => this.move(row));
    }

    /* The boxes that are there for each row have what was typed for this one. */
    fillStanding() {
      const texts = this.unsent.of(this.row.key);
      this.inputs().forEach((input) => {
        if (this.aids.contains(input)) return;
        input.value = texts[this.nameOf(input)] || "";
        const folded = input.closest("details");
        if (input.value && folded) folded.open = true;
      });
    }

    inputs() {
      return [...this.panel.querySelectorAll("[data-section-input]")];
    }

    /* With what was saved, unless its text has changed again; not amid a sentence. */
    follows() {
      window.clearTimeout(this.followTimer);
      const wait = this.row?.quietIn;
      if (wait) this.followTimer = window.setTimeout(() => this.follows(), wait);
      else if (this.row && !this.row.isDirty) this.fetch();
    }

    async move(row) {
      if (this.row !== row) return;
      await new Promise((resolve) => {
        this.timer = window.setTimeout(resolve, PAUSE_MS);
      });
      await this.fetch();
    }

    async fetch() {
      const { row } = this;
      if (!row) return;
      window.clearTimeout(this.timer);
      this.request?.abort();
      const request = new AbortController();
      this.request = request;
      this.isCutOff = false;
      const base = row.base.value;
      const query = new URLSearchParams({ key: row.key, seen: row.shown });
      const { sidebarUrl } = this.root.dataset;
      const url = `${sidebarUrl}${sidebarUrl.includes("?") ? "&" : "?"}${query}`;
      try {
        const response = await window.ArchiveSession.ask(url, { signal: request.signal });
        const html = await response.text();
        await this.released;
        // A later one knows of a later save.
        if (this.request === request && this.row === row) this.show(row, html, base);
      } catch (error) {
        const isRefused = error.kind === "refused";
        if (error.name === "AbortError" || this.request !== request || this.row !== row) return;
        this.isCutOff = !isRefused;
        if (this.isCutOff) this.timer = window.setTimeout(() => this.fetch(), RETRY_MS);
        this.fail(row, isRefused ? error.message : this.messages.sidebarFailed);
      }
    }

    /* What helps with another row is no help here. */
    fail(row, message) {
      if (this.shownFor !== row) {
        this.aids.replaceChildren();
        this.aids.inert = false;
        this.shownFor = null;
      }
      this.showTrouble(message);
      this.answered();
    }

    get isTyping() {
      return this.aids.contains(document.activeElement) && document.activeElement.matches(INPUTS);
    }

    /* `base` is the version of the row that stood on the screen when it was asked for. */
    show(row, html, base) {
      // Nothing moves under somebody's hands; an input method would lose what it composes.
      this.isBehind = this.shownFor === row && this.isTyping;
      if (this.isBehind) return;
      const isOther = this.shownFor !== row;
      this.aids.innerHTML = html;
      this.aids.inert = false;
      this.shownFor = row;
      this.shownBase = base;
      if (isOther) this.panel.scrollTop = 0;
      this.panel.querySelectorAll("button:not([type])").forEach((button) => {
        button.type = "button";
      });
      // A room may number its suggestions itself.
      this.suggestions().forEach((button, n) => {
        if (!button.dataset.number && n < 9) button.dataset.deskNth = n + 1;
      });
      this.names().forEach((button) => {
        button.dataset.deskNth = "";
      });
      this.numbered(row).forEach((one, n) => {
        if (one?.dataset && n < 9) one.dataset.deskNth = n + 1;
      });
      this.putBack(row);
      this.compare(row, base);
      this.root.dispatchEvent(new CustomEvent("desk:aids", { detail: { row } }));
      this.answered();
    }

    /* What was typed here and isn't sent yet; also for a finding that is gone. */
    putBack(row) {
      const inputs = this.inputs();
      Object.entries(this.unsent.of(row.key)).forEach(([name, text]) => {
        const input = inputs.find((one) => this.nameOf(one) === name);
        if (!input) {
          this.showLeft(row, name, text);
          return;
        }
        if (!this.aids.contains(input)) return;
        input.value = text;
        const folded = input.closest("details");
        if (folded) folded.open = true;
      });
    }

    showLeft(row, name, text) {
      const box = this.root.querySelector("[data-desk-left]").content.cloneNode(true);
      box.querySelector("blockquote").textContent = text;
      const line = box.firstElementChild;
      line.querySelector("button").addEventListener("click", () => {
        this.keep(row, name, "");
        line.remove();
      });
      this.aids.append(line);
    }

    keep(row, name, text) {
      this.unsent.keep(row.key, name, text);
      row.showUnsent(this.unsent.has(row.key));
    }

    nameOf(input) {
      return `${input.closest("[data-section]")?.dataset.section}:${input.dataset?.sectionInput}`;
    }

    /* A colleague may have saved this segment, or an editor corrected its source, since the page was
       loaded. What is typed here or on its way, and what was saved since the server was asked, is
       newer than its answer. */
    compare(row, base) {
      const fragment = this.panel.querySelector("[data-desk-fragment]");
      if (!fragment || row.isBusy || row.base.value !== base) return;
      const source = fragment.querySelector("[data-desk-source-now]");
      if (source) row.showSource(source.content, source.dataset.digest);
      if (!this.saver.isOn) return;
      const stored = JSON.parse(fragment.dataset.stored);
      const { state } = fragment.dataset;
      if (stored.version !== base) {
        this.saver.followOther(row, stored, state);
      } else if (state !== row.state) {
        row.accept(stored.version, state, row.words);
      }
      if (source) row.tell(this.messages.sourceFollowed);
    }

    showTrouble(message, section = this.aids) {
      const line = document.createElement("p");
      line.className = "error-message";
      line.setAttribute("role", "alert");
      line.textContent = message;
      section.querySelectorAll(":scope > .error-message").forEach((old) => old.remove());
      section.append(line);
    }

    suggestions() {
      return [...this.panel.querySelectorAll("[data-replace]")];
    }

    names() {
      const all = [...this.panel.querySelectorAll("[data-section=names] [data-insert]")];
      const first = all.filter((button) => "first" in button.dataset);
      return first.length ? first : all;
    }

    /* The names and terms by their keys, from the first: one that the source marks has the number of
       its mark there, and others have those behind. What has no button is the mark's tag. */
    numbered(row) {
      const all = this.names();
      const tags = desk.sourceTags(row.source);
      const marked = tags.map(({ entity }) => {
        const isOf = (one) =>
          entity.type === "ENTITY" && Number(one.dataset.mention) === entity.data.id;
        return all.find(isOf);
      });
      const shown = tags.map((tag, n) => (marked.indexOf(marked[n]) === n && marked[n]) || tag);
      return [...shown, ...all.filter((one) => !marked.includes(one))];
    }

    press(event) {
      const button = event.target.closest(
        "[data-insert], [data-replace], [data-fix], [data-section-post]",
      );
      if (!button || !this.panel.contains(button)) return;
      event.preventDefault();
      // A double click is one press.
      if (event.detail < 2) this.use(button);
    }

    enter(event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape") this.row.text.focus();
      if (event.key !== "Enter" || !event.target.matches(INPUTS)) return;
      if (!event.target.matches("input") && !(event.ctrlKey || event.metaKey)) return;
      // It would send the whole form.
      event.preventDefault();
      event.stopPropagation();
      event.target.closest("[data-section]")?.querySelector("[data-section-post]")?.click();
    }

    use(button) {
      if (!button || !this.row) return;
      const { insert, replace, content, origin, score, fix, check, sectionPost } = button.dataset;
      if (fix) this.fix(check);
      else if (insert !== undefined) this.insert(button);
      else if (replace !== undefined)
        this.row.replace(replace, origin, content, doubtsOf(button), score ? Number(score) : null);
      else if (sectionPost) this.post(button);
    }

    /* Put right what a check, or the first that can, says is wrong with the text as it stands. */
    async fix(check = "") {
      const { row } = this;
      row.text.settle();
      if (row.isDirty) await this.saver.flush();
      if (this.shownFor === row && this.shownBase !== row.base.value) {
        this.ready = new Promise((resolve) => {
          this.answered = resolve;
        });
        this.fetch();
      }
      await this.ready;
      if (this.row !== row || this.shownFor !== row) return;
      const buttons = [...this.aids.querySelectorAll("[data-fix]")];
      const button = buttons.find((one) => !check || one.dataset.check === check);
      const isDone = button && row.mend(JSON.parse(button.dataset.fix));
      if (!isDone) this.tell(this.messages.noFix);
    }

    /* A name that is a mention in the source goes in as one, as often as it is one there; in place
       of what is selected, unless that is another form of the name. */
    insert(button, over = 0) {
      const { insert, mention } = button.dataset;
      const { text } = this.row;
      text.settle();
      const entity = { type: "ENTITY", data: { id: Number(mention), label: insert } };
      const isForm = !over && this.formsOf(button).includes(text.selected.trim());
      text.insert(insert, {
        over,
        entity: mention && this.row.lacks(entity) ? entity : null,
        isAround: isForm,
      });
    }

    /* A tag of the row's source, by its name or else the first that is missing; a name in the words
       that it has in this language, where they are known. */
    async insertTag(row, name) {
      await this.ready;
      if (this.row !== row) return;
      row.text.settle();
      const tag = row.tag(name);
      if (!tag) {
        const { tagsThere, noTags } = this.messages;
        this.tell(row.isRich && desk.sourceTags(row.source).length ? tagsThere : noTags);
        return;
      }
      const { type, data } = tag.entity;
      const isShown = type === "ENTITY" && this.shownFor === row;
      const names = this.shownFor === row ? this.names() : [];
      const told = (button) => button.closest("li")?.querySelector(".archive-desk__name");
      const known =
        (isShown && names.find((one) => Number(one.dataset.mention) === data.id)) ||
        names.find((one) => told(one)?.textContent === tag.words);
      const words = known ? known.dataset.insert : tag.words;
      row.text.insert(words, { entity: tag.entity, isAround: true });
    }

    async post(button) {
      const section = button.closest("[data-section]") || this.aids;
      const { row } = this;
      const body = new FormData();
      body.set("key", row.key);
      section
        .querySelectorAll("[data-section-input], input[name], textarea[name], select[name]")
        .forEach((input) => {
          const isOff = ["checkbox", "radio"].includes(input.type) && !input.checked;
          if (!isOff) body.append(input.dataset.sectionInput || input.name, input.value);
        });
      button.disabled = true;
      try {
        const { sectionPost, sectionSaved } = button.dataset;
        // It is about the words as they stand here.
        if (sectionSaved !== undefined && row.isDirty) await this.saver.flush();
        const response = await window.ArchiveSession.ask(sectionPost, { method: "POST", body });
        const answer = await response.json();
        section.querySelectorAll("[data-section-input]").forEach((input) => {
          // Perhaps more was typed while it was on its way.
          if (input.value !== body.get(input.dataset.sectionInput)) return;
          input.value = "";
          this.keep(row, this.nameOf(input), "");
        });
        this.root.dispatchEvent(new CustomEvent("desk:posted", { detail: answer }));
        if (this.row !== row) return;
        // Whoever has gone on to something else stays there.
        const { activeElement } = document;
        if (activeElement === document.body || section.contains(activeElement)) row.text.focus();
        await this.fetch();
      } catch (error) {
        this.showTrouble(error.message, section);
      } finally {
        button.disabled = false;
      }
    }

    /* The buttons are those of the row that had the focus when the key was pressed, and the text is
       what was typed by then. */
    async whenReady(use, isStillWanted = () => true, drop = () => {}) {
      const { row } = this;
      await this.ready;
      if (this.row === row && this.shownFor !== row) {
        this.tell(this.messages.sidebarFailed);
        return;
      }
      if (this.row !== row || !isStillWanted()) {
        drop();
        return;
      }
      row.text.settle();
      use();
    }

    /* Whether nothing was pressed since: what takes the place of a text, or the cursor elsewhere,
       would take what is being typed with it. */
    untouched() {
      const { touches } = this;
      return () => this.touches === touches;
    }

    useSuggestion(number) {
      const use = () => {
        const button = this.suggestions()[number - 1];
        if (button) this.use(button);
        else this.tell(desk.say(this.messages.noSuggestion, { number }));
      };
      const drop = () => this.tell(desk.say(this.messages.suggestionLate, { number }));
      return this.whenReady(use, this.untouched(), drop);
    }

    /* Pressed again while it waits, it is still one name. */
    useName(number) {
      const wanted = `${this.row.key} ${number}`;
      if (this.wanted === wanted) return undefined;
      this.wanted = wanted;
      const use = () => {
        const one = this.numbered(this.row)[number - 1];
        if (!one) this.tell(desk.say(this.messages.noName, { number }));
        else if (one.entity) this.insertTag(this.row, one.name);
        else this.use(one);
      };
      return this.whenReady(use).finally(() => {
        this.wanted = "";
      });
    }

    /* The name that is selected in the source or begun at the cursor, or else the next missing. */
    useFittingName() {
      return this.whenReady(() => this.insertFittingName());
    }

    insertFittingName() {
      const names = this.missingFirst(this.names());
      const told = (button) => (button.closest("li, tr, p") || button).textContent.toLowerCase();
      const selection = window.getSelection();
      const isInSource = this.row.source.contains(selection.anchorNode);
      const over = this.row.text.selected.trim();
      const selected = (isInSource ? selection.toString() : over).trim().toLowerCase();
      const meant = selected && names.find((button) => told(button).includes(selected));
      if (meant) {
        this.use(meant);
        return;
      }
      const begun =
        this.row.text.hasFocus && !over
          ? (LETTERS_BEFORE.exec(this.row.text.before()) || [""])[0]
          : "";
      const fitting = this.begunName(names, begun, told);
      if (fitting) {
        this.insert(fitting.button, fitting.length);
        return;
      }
      const missing = names.find((button) => !this.isThere(button));
      if (missing) this.use(missing);
      else this.tell(names.length ? this.messages.namesThere : this.messages.noNames);
    }

    /* All that is offered for a name, or a term. */
    formsOf(button) {
      const offered = button.parentElement.querySelectorAll("[data-insert]");
      return [...offered].map(({ dataset }) => dataset.insert);
    }

    /* What isn't in the translation yet is meant before what is. */
    missingFirst(names) {
      return [...names].sort((one, two) => this.isThere(one) - this.isThere(two));
    }

    /* Whether the translation has the name: in a form that is offered, or, where these are still the
       words that the sidebar was asked about, as the server finds it. */
    isThere(button) {
      const { base, isDirty, text } = this.row;
      const isOfThese = !isDirty && base.value === this.shownBase;
      return (
        (isOfThese && "there" in button.dataset) ||
        this.formsOf(button).some((form) => text.plain.includes(form))
      );
    }

    /* The longest end of what stands before the cursor that begins a name, and is none of its forms. */
    begunName(names, begun, told) {
      for (let length = begun.length; length > 0; length -= 1) {
        const letters = begun.slice(-length).toLowerCase();
        const isWord = length === begun.length || /\p{Script=Han}/u.test(letters);
        const button =
          isWord &&
          names.find(
            (one) =>
              !this.formsOf(one).some((form) => form.toLowerCase() === letters) &&
              (one.dataset.insert.toLowerCase().startsWith(letters) ||
                (letters.length > 1 &&
                  told(one)
                    .split(/\s+/)
                    .some((word) => word.startsWith(letters)))),
          );
        if (button) return { button, length };
      }
      return null;
    }

    /* To the box for a comment, with what was typed there and not sent; from there to the boxes
       for replies, one after the other. */
    comment() {
      this.box.closest("details").open = true;
      const next = () => {
        const boxes = [this.box, ...this.aids.querySelectorAll("[data-desk-reply]")];
        boxes[(boxes.indexOf(document.activeElement) + 1) % boxes.length].focus();
      };
      return document.activeElement === this.box ? this.whenReady(next, this.untouched()) : next();
    }

    /* To the first thing that can be pressed or typed into; Escape leads back. */
    enterPane() {
      const first = () => this.aids.querySelector(`button, summary, ${INPUTS}`) || this.box;
      return this.whenReady(() => first().focus(), this.untouched());
    }
  }

  desk.Sidebar = Sidebar;
})();
