/* The translators' desk: completes what is being typed, from the segment's names and memory.
 *
 * The sidebar has all that is offered: nothing is asked of the server.
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

  class Completion extends desk.OptionList {
    constructor(root, { sidebar, rowOf, view }) {
      super(root, root.querySelector("[data-desk-completions]"), view);
      Object.assign(this, { sidebar, rowOf });
      this.box = root.querySelector("[data-desk-completing]");
      this.name = `archive-desk-completing:${root.dataset.user}`;
      this.box.checked = this.stored !== "off";
      this.box.addEventListener("change", () => this.store());
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
      return [...new Map([...clauses, ...names].map((one) => [one.text, one])).values()];
    }

    /* Names before clauses, and of these before all what isn't in the text yet. */
    inOrder(some, row) {
      // The text has what was typed a moment ago.
      if (some.length > 1) row.text.settle();
      const place = ({ button, kind }) =>
        2 * kind + Number(Boolean(button) && this.sidebar.isThere(button));
      return [...some].sort((one, two) => place(one) - place(two));
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
      const begun = this.candidates()
        .map((one) => ({ ...one, over: this.begun(one, before) }))
        .filter(({ over }) => over);
      this.offered = this.inOrder(begun, row).slice(0, MOST);
      if (!this.offered.length) return;
      this.row = row;
      this.open(target);
      // What was chosen by the arrows stays so while one types on.
      this.choose(Math.max(this.placeOf(chosen), 0));
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
  }

  desk.Completion = Completion;
})();
