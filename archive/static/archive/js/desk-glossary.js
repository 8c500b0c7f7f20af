/* The translators' desk: adds what is selected in both texts to the glossary, as a name or a term.
 *
 * A name has a form of its own, which opens filled in; a term is added here.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const CAPITAL = /^\p{Lu}/u;

  class GlossaryDialog {
    constructor(root, { selection, saver, sidebar, tell, messages }) {
      this.root = root;
      this.dialog = root.querySelector("[data-desk-glossary]");
      Object.assign(this, { selection, saver, sidebar, tell, messages });
      const part = (name) => this.dialog.querySelector(`[data-glossary-${name}]`);
      this.parts = Object.fromEntries(
        ["source", "target", "kind", "more", "error", "add"].map((name) => [name, part(name)]),
      );
      this.choice = this.parts.kind.querySelector("select");
      this.parts.add.addEventListener("click", () => this.add());
      part("cancel").addEventListener("click", () => this.dialog.close());
      this.choice.addEventListener("change", () => this.showKind());
      this.dialog.addEventListener("close", () => this.row?.text.focus());
      this.dialog.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
        const isText = event.target.matches("input") || event.ctrlKey || event.metaKey;
        if (!isText) return;
        // It would send the whole form.
        event.preventDefault();
        this.add();
      });
    }

    /* With what is selected in both texts of the row. */
    open(row) {
      const { addNameUrl, addTermUrl } = this.root.dataset;
      // The browser tells of a selection a little later.
      this.selection.read();
      const { source, target } = this.selection.row === row ? this.selection : {};
      if (!addNameUrl && !addTermUrl) this.tell(this.messages.nameRefused);
      else if (!source && !target) this.tell(this.messages.nameAsked);
      else if (!addTermUrl) this.openName(source, target);
      else this.show(row, source, target);
    }

    show(row, source, target) {
      this.row = row;
      this.dialog.querySelectorAll("input[type=text], textarea").forEach((input) => {
        input.value = "";
      });
      this.parts.source.value = source;
      this.parts.target.value = target;
      this.parts.error.hidden = true;
      // English and its like begin a name with a capital.
      const mayBeName = Boolean(this.root.dataset.addNameUrl);
      this.parts.kind.hidden = !mayBeName;
      const isName = mayBeName && [source, target].some((words) => CAPITAL.test(words));
      this.choice.value = isName ? "name" : "term";
      this.showKind();
      this.dialog.showModal();
      (target ? this.parts.add : this.parts.target).focus();
    }

    get isName() {
      return this.choice.value === "name";
    }

    showKind() {
      this.parts.more.hidden = this.isName;
    }

    add() {
      if (!this.isName) return this.addTerm();
      this.dialog.close();
      return this.openName(this.parts.source.value, this.parts.target.value);
    }

    /* To the form of a new name, filled in. */
    openName(source, target) {
      const { addNameUrl, sourceName, targetName } = this.root.dataset;
      const names = new URLSearchParams({ [sourceName]: source, [targetName]: target });
      window.open(`${addNameUrl}?${names}`, "_blank", "noreferrer");
      // Back from there, the sidebar knows the name.
      window.addEventListener("focus", () => this.sidebar.fetch(), { once: true });
    }

    async addTerm() {
      const body = new FormData();
      this.dialog.querySelectorAll("[data-glossary-input]").forEach((input) => {
        body.set(input.dataset.glossaryInput, input.value);
      });
      this.parts.add.disabled = true;
      try {
        const options = { method: "POST", body };
        const response = await window.ArchiveSession.ask(this.root.dataset.addTermUrl, options);
        const answer = await response.json();
        this.dialog.close();
        this.tell(answer.message);
        // Its row and the others are checked for it from now on.
        this.root.dispatchEvent(new CustomEvent("desk:posted", { detail: {} }));
        this.sidebar.fetch();
      } catch (error) {
        this.parts.error.textContent = error.message;
        this.parts.error.hidden = false;
      } finally {
        this.parts.add.disabled = false;
      }
    }
  }

  desk.GlossaryDialog = GlossaryDialog;
})();
