/* The translators' desk: a list below the cursor of what may be meant by what is being typed.
 *
 * Tab takes, the arrows choose, Escape closes; every other key writes on. While an input method
 * composes there is no list, and no key is taken. The list follows the cursor when the page moves;
 * where it can't, the Tab that was meant for it stays in the text.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const GAP = 4;
  const SETTLE_MS = 20;
  // Draft.js waits a while for the end of a composition.
  const COMPOSED_MS = 80;

  /* For each kind of list a class: `offer(target)` puts [{text, over}], the most likely first and
     `over` letters of it typed, into `offered`, and opens the list; `take(number)` puts one in. */
  class OptionList {
    constructor(root, list, view) {
      Object.assign(this, { root, list, view });
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

    /* The keys that take. */
    get takers() {
      return ["Tab"];
    }

    /* A command, or a key of an input method. */
    isForeign(event) {
      const { isComposing, keyCode, ctrlKey, metaKey, altKey } = event;
      return this.isComposing || isComposing || keyCode === 229 || ctrlKey || metaKey || altKey;
    }

    get isOpen() {
      return !this.list.hidden;
    }

    /* An editor has its text a moment after the event. */
    offerSoon(target, ms = SETTLE_MS) {
      window.clearTimeout(this.timer);
      this.isDue = !(this.isComposing || this.isTaking);
      if (this.isDue) this.timer = window.setTimeout(() => this.offer(target), ms);
    }

    /* Where a text stands in the list; -1 for what isn't in it. */
    placeOf(text) {
      return this.offered.findIndex((one) => one.text === text);
    }

    open(field) {
      this.field = field;
      const options = this.offered.map(({ text, over }, number) => {
        const option = document.createElement("li");
        option.role = "option";
        option.id = `${this.list.id}-${number}`;
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

    /* What isn't covered of the screen: {top, bottom}. */
    get room() {
      return this.view.room();
    }

    /* The page moves, by somebody's hand or by itself. */
    follow() {
      if (!this.isOpen) return;
      const { spot } = this;
      const { top, bottom } = this.room;
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
        ...Object.fromEntries(this.takers.map((key) => [key, () => this.takeChosen()])),
        Escape: () => this.dismiss(),
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

    /* The list closes and nobody asked for it: a Tab that is on its way is still meant for it. */
    lose() {
      const { isOpen } = this;
      this.close();
      this.isLost = isOpen;
    }

    /* By hand: what was typed a moment ago doesn't bring it back. */
    dismiss() {
      window.clearTimeout(this.timer);
      this.isDue = false;
      this.close();
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

  desk.OptionList = OptionList;
})();
