/* The translators' desk: completes what is being typed, from the segment's names and memory.
 *
 * Tab takes, the arrows choose, Escape closes; every other key writes on. While an input method
 * composes there is no list, and no key is taken. The list follows the cursor when the page moves;
 * where it can't, the Tab that was meant for it stays in the text. The sidebar has all that is
 * offered: nothing is asked of the server.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const MOST = 6;
  const CLAUSES = /[，。；：、！？“”‘’（）,.;:!?"()\n]+/;
  // Letters of a name, and of a clause of the memory, that are to be typed before it is offered.
  const LEAST = { han: [1, 2], latin: [2, 3] };
  const SHORTEST_CLAUSE = 4;
  const HAN = /^\p{Script=Han}/u;
  const LETTER = /[\p{L}\p{N}]$/u;
  const GAP = 4;
  const SETTLE_MS = 20;
  // Draft.js waits a while for the end of a composition.
  const COMPOSED_MS = 80;

  class Completion {
    constructor(root, { sidebar, rowOf, view }) {
      Object.assign(this, { root, sidebar, rowOf, view });
      this.list = root.querySelector("[data-desk-completions]");
      this.box = root.querySelector("[data-desk-completing]");
      this.name = `archive-desk-completing:${root.dataset.user}`;
      this.box.checked = this.stored !== "off";
      this.box.addEventListener("change", () => this.store());
      this.isComposing = false;
      this.isTaking = false;
      this.isLost = false;
      root.addEventListener(
        "compositionstart",
        () => {
          this.isComposing = true;
          this.close();
        },
        true,
      );
      root.addEventListener(
        "compositionend",
        ({ target }) => {
          this.isComposing = false;
          this.offerSoon(target, COMPOSED_MS);
        },
        true,
      );
      root.addEventListener("keydown", (event) => this.steer(event), true);
      root.addEventListener("keyup", (event) => {
        const isWriting = event.key.length === 1 || event.key === "Backspace";
        if (isWriting && !this.isForeign(event)) this.offerSoon(event.target);
      });
      // Not every text comes by a key: some is spoken.
      ["beforeinput", "input"].forEach((kind) => {
        root.addEventListener(kind, ({ target }) => this.offerSoon(target), true);
      });
      root.addEventListener("mousedown", () => this.close());
      root.addEventListener("focusout", () => {
        // Another window may have taken the focus.
        if (document.hasFocus()) this.close();
        else this.lose();
      });
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const option = event.target.closest("[role=option]");
        if (option) this.take([...this.list.children].indexOf(option));
      });
      ["scroll", "resize"].forEach((kind) => {
        window.addEventListener(kind, () => this.follow(), { passive: true, capture: true });
      });
    }

    get stored() {
      try {
        return localStorage.getItem(this.name);
      } catch {
        return null;
      }
    }

    store() {
      this.close();
      try {
        localStorage.setItem(this.name, this.box.checked ? "on" : "off");
      } catch {
        /* Then it is on again the next time. */
      }
    }

    /* A command, or a key of an input method. */
    isForeign(event) {
      const { isComposing, keyCode, ctrlKey, metaKey, altKey } = event;
      return this.isComposing || isComposing || keyCode === 229 || ctrlKey || metaKey || altKey;
    }

    get isOpen() {
      return !this.list.hidden;
    }

    /* What may be meant: names first, then clauses of what the memory suggests. */
    candidates() {
      const { panel } = this.sidebar;
      const names = [...panel.querySelectorAll("[data-section=names] [data-insert]")].map(
        (button) => ({ text: button.dataset.insert, button, kind: 0 }),
      );
      const clauses = [...panel.querySelectorAll("[data-section=memory] [data-replace]")]
        .flatMap(({ dataset }) => dataset.replace.split(CLAUSES))
        .map((clause) => ({ text: clause.trim(), kind: 1 }))
        .filter(({ text }) => text.length >= SHORTEST_CLAUSE);
      return [...new Map([...clauses, ...names].map((one) => [one.text, one])).values()].sort(
        (one, two) => one.kind - two.kind,
      );
    }

    /* How many letters before the cursor begin the text; 0 where it can't be meant. */
    begun({ text, kind }, before) {
      const least = LEAST[HAN.test(text) ? "han" : "latin"][kind];
      const typed = before.toLowerCase();
      for (let length = Math.min(text.length - 1, before.length); length >= least; length -= 1) {
        const isInWord = !HAN.test(text) && LETTER.test(before.slice(0, -length));
        if (typed.endsWith(text.slice(0, length).toLowerCase()) && !isInWord) return length;
      }
      return 0;
    }

    /* An editor has its text a moment after the event. */
    offerSoon(target, ms = SETTLE_MS) {
      window.clearTimeout(this.timer);
      this.isDue = !(this.isComposing || this.isTaking);
      if (this.isDue) this.timer = window.setTimeout(() => this.offer(target), ms);
    }

    offer(target) {
      window.clearTimeout(this.timer);
      this.isDue = false;
      const row = this.rowOf(target);
      const isText = target.closest?.("[data-desk-field]")?.contains(document.activeElement);
      const chosen = this.isOpen ? this.offered[this.chosen].text : "";
      this.close();
      if (this.isComposing || !this.box.checked || !isText || !row || this.sidebar.shownFor !== row)
        return;
      const before = row.text.before();
      this.offered = this.candidates()
        .map((one) => ({ ...one, over: this.begun(one, before) }))
        .filter(({ over }) => over)
        .slice(0, MOST);
      if (!this.offered.length) return;
      this.open(row, target);
      // What was chosen by the arrows stays so while one types on.
      this.choose(Math.max(this.placeOf(chosen), 0));
    }

    /* Where a text stands in the list; -1 for what isn't in it. */
    placeOf(text) {
      return this.offered.findIndex((one) => one.text === text);
    }

    open(row, field) {
      this.row = row;
      this.field = field;
      const options = this.offered.map(({ text, over }, number) => {
        const option = document.createElement("li");
        option.role = "option";
        option.id = `archive-desk-completion-${number}`;
        const typed = document.createElement("b");
        typed.textContent = text.slice(0, over);
        option.append(typed, text.slice(over));
        return option;
      });
      this.list.replaceChildren(...options);
      this.list.hidden = false;
      field.setAttribute("aria-controls", this.list.id);
      field.setAttribute("aria-autocomplete", "list");
      this.place();
    }

    /* The cursor on the screen; of a plain input, all of it. */
    get spot() {
      const selection = document.getSelection();
      const isPlain = typeof this.field.selectionStart === "number";
      const range = !isPlain && selection.rangeCount ? selection.getRangeAt(0) : null;
      return [...(range?.getClientRects() || [])].at(-1) || this.field.getBoundingClientRect();
    }

    /* The page moves, by somebody's hand or by itself. */
    follow() {
      if (!this.isOpen) return;
      const { spot } = this;
      const { top, bottom } = this.view.room();
      if (spot.bottom < top || spot.top > bottom) this.lose();
      else this.place();
    }

    /* Below the cursor, or above it. */
    place() {
      const { spot } = this;
      const { offsetHeight: height, offsetWidth: width } = this.list;
      const isAbove = spot.bottom + GAP + height > window.innerHeight;
      this.list.style.top = `${isAbove ? spot.top - GAP - height : spot.bottom + GAP}px`;
      this.list.style.left = `${Math.min(spot.left, window.innerWidth - width - GAP)}px`;
    }

    choose(number) {
      const options = [...this.list.children];
      this.chosen = (number + options.length) % options.length;
      options.forEach((option, n) => {
        option.ariaSelected = String(n === this.chosen);
      });
      this.field.setAttribute("aria-activedescendant", options[this.chosen].id);
    }

    steer(event) {
      const isForeign = this.isForeign(event) || event.shiftKey;
      const { isLost } = this;
      this.isLost = false;
      if (isLost && event.key === "Tab" && !isForeign) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (!this.isOpen) return;
      if (isForeign) {
        if (event.key === "Tab") this.close();
        return;
      }
      const deeds = {
        Tab: () => this.takeChosen(),
        Escape: () => this.close(),
        ArrowDown: () => this.choose(this.chosen + 1),
        ArrowUp: () => this.choose(this.chosen - 1),
      };
      if (!deeds[event.key]) {
        if (event.key.length > 1) this.close();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      deeds[event.key]();
    }

    /* A text that was typed in since the list was made may begin nothing of it any more. */
    takeChosen() {
      const { text } = this.offered[this.chosen];
      if (this.isDue) this.offer(this.field);
      const place = this.isOpen ? this.placeOf(text) : -1;
      if (place >= 0) this.take(place);
    }

    take(number) {
      const { text, button, over } = this.offered[number];
      const { row } = this;
      this.close();
      // What is put in now isn't typed: the next Tab leads on.
      this.isTaking = true;
      if (button) this.sidebar.insert(button, over);
      else row.text.insert(text, { over });
      this.isTaking = false;
    }

    /* The list closes and nobody asked for it: a Tab that is on its way is still meant for it. */
    lose() {
      const { isOpen } = this;
      this.close();
      this.isLost = isOpen;
    }

    close() {
      this.isLost = false;
      if (!this.isOpen) return;
      this.list.hidden = true;
      this.list.replaceChildren();
      ["aria-controls", "aria-autocomplete", "aria-activedescendant"].forEach((name) => {
        this.field.removeAttribute(name);
      });
    }
  }

  desk.Completion = Completion;
})();
