/* The translators' desk: the row that is worked on stays in view, and is found again.
 *
 * Wagtail's header and the desk's bar cover the top of the screen, the save bar its bottom (and
 * the pane, where it lies below the rows). Editors that start, pictures that load and the pane
 * itself move everything: so the row is shown again whenever something changes its size, until
 * the translator scrolls elsewhere.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  // Between a row and what covers the screen.
  const GAP = 8;
  const SCROLLS = ["wheel", "touchmove"];

  class View {
    constructor(root) {
      this.root = root;
      this.bar = root.querySelector(".archive-desk__bar");
      this.pane = root.querySelector("[data-desk-sidebar]");
      this.footer =
        root.closest("form").querySelector("footer") || document.querySelector("footer");
      this.row = null;
      // A story that came back from its review has no place yet.
      const { user, translation, returned } = root.dataset;
      this.placeName = `archive-place:${user}:${translation}:${returned}`;
      const sizes = new ResizeObserver(() => this.measured());
      // Wagtail's panel moves the save bar.
      const panel = document.querySelector("[data-side-panel='preview']");
      [root, this.bar, this.pane, this.footer, panel]
        .filter(Boolean)
        .forEach((one) => sizes.observe(one));
      window.addEventListener("resize", () => this.measured());
      SCROLLS.forEach((kind) => {
        window.addEventListener(kind, () => this.release(), { passive: true, capture: true });
      });
      // What a mouse presses stays under it. The bar at the window's side is a scroll, too.
      window.addEventListener(
        "pointerdown",
        ({ target }) => {
          this.isPressed = true;
          if (target === this.scroller) this.release();
        },
        true,
      );
      ["pointerup", "pointercancel"].forEach((kind) => {
        window.addEventListener(kind, () => window.setTimeout(() => this.letGo()), true);
      });
      this.measured();
    }

    get scroller() {
      let part = this.root.parentElement;
      while (part && !/auto|scroll/.test(getComputedStyle(part).overflowY))
        part = part.parentElement;
      return part || document.scrollingElement;
    }

    /* What is free of a screen: from where to where, in pixels from its top. */
    room() {
      const top = parseFloat(getComputedStyle(this.bar).top) + this.bar.offsetHeight;
      const foot = this.footer?.getBoundingClientRect();
      let bottom = foot?.height ? Math.min(foot.top, window.innerHeight) : window.innerHeight;
      if (this.isPaneBelow) bottom -= this.pane.offsetHeight;
      return { top: top + GAP, bottom: bottom - GAP };
    }

    /* Whether something of the part can be read. */
    shows(part) {
      const { top, bottom } = this.room();
      const { top: from, bottom: to, height } = part.getBoundingClientRect();
      return height > 0 && from < bottom && to > top;
    }

    get isPaneBelow() {
      return !this.pane.hidden && getComputedStyle(this.pane).bottom !== "auto";
    }

    measured() {
      const foot = this.footer?.getBoundingClientRect();
      const covered = foot?.height ? Math.max(window.innerHeight - foot.top, 0) : 0;
      const top = parseFloat(getComputedStyle(this.bar).top) + this.bar.offsetHeight;
      this.root.style.setProperty("--archive-top", `${top}px`);
      this.root.style.setProperty("--archive-bottom", `${covered}px`);
      this.show();
    }

    release() {
      this.row = null;
    }

    letGo() {
      this.isPressed = false;
      this.show();
    }

    /* From now on this row is the one to be seen. */
    follow(row) {
      this.row = row;
      this.show();
      try {
        localStorage.setItem(this.placeName, row.key);
      } catch {
        /* Then the screen opens at its top. */
      }
    }

    /* The whole row; or where it is taller than the screen its text, or at least the cursor. */
    show() {
      if (!this.row || this.isPressed) return;
      const { top, bottom } = this.room();
      const field = this.row.element.querySelector("[data-desk-field]");
      const parts = [this.row.element, field].map((part) => part.getBoundingClientRect());
      const shown = parts.find((part) => part.height <= bottom - top) || this.caret() || parts[1];
      const by = Math.min(shown.top - top, 0) || Math.max(shown.bottom - bottom, 0);
      if (by) this.scroller.scrollBy({ top: by, behavior: "instant" });
    }

    caret() {
      const selection = window.getSelection();
      if (!selection.rangeCount || !this.row.element.contains(selection.anchorNode)) return null;
      const range = selection.getRangeAt(0).getBoundingClientRect();
      return range.height ? range : null;
    }

    /* The key of the row that was worked on last; "" where nobody knows. */
    get lastPlace() {
      try {
        return localStorage.getItem(this.placeName) || "";
      } catch {
        return "";
      }
    }
  }

  desk.View = View;
})();
