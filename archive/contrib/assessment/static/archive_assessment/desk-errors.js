/* The translators' desk: a reviewer marks an error in the current segment, by key or by mouse. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  class ErrorForm {
    constructor(root, { selection }) {
      this.box = root.querySelector("[data-desk-error-form]");
      this.selection = selection;
      if (!this.box) return;
      this.words = this.box.querySelector("[data-section-input=words]");
      this.row = null;
      // Words may be selected before the form is opened, or after.
      this.box.addEventListener("focusin", () => this.fill());
      this.box.addEventListener("toggle", () => this.fill());
      root.addEventListener("desk:posted", ({ detail }) => {
        if (!detail.marks?.errors) return;
        this.box.open = false;
        this.selection.clear();
        this.box.querySelector("[name=category]").value = "";
      });
    }

    /* The words that were selected last in the segment; what is typed here stays, and waits at its
       row as all that is typed in the sidebar. */
    fill() {
      const words = this.row && this.selection.of(this.row);
      if (!words || words === this.filled || (this.words.value && !this.filled)) return;
      this.filled = words;
      this.words.value = words;
    }

    follow(row) {
      if (row === this.row) return;
      this.row = row;
      this.filled = "";
    }

    /* For whoever may mark errors. */
    open(row) {
      if (!this.box) return;
      this.follow(row);
      this.box.open = true;
      this.fill();
      this.box.querySelector("[name=category]").focus();
    }
  }

  desk.tools ||= [];
  desk.tools.push((root, { selection }) => {
    const form = new ErrorForm(root, { selection });
    return {
      commands: { markError: (row) => form.open(row) },
      follow: (row) => form.follow(row),
    };
  });
})();
