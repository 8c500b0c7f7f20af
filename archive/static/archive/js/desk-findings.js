/* The translators' desk: what the checks find, in the rows, in the bar and in the list below.
 *
 * The list comes from the server and carries the number of errors and warnings of each segment; it
 * is asked for again a moment after a save.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 500;
  const NONE = [0, 0];

  class Findings {
    constructor(root, { rows, sidebar, messages }) {
      this.root = root;
      this.sidebar = sidebar;
      this.rows = rows;
      this.messages = messages;
      this.button = root.querySelector("[data-desk-findings]");
      // Rows whose words aren't those that were checked.
      this.changed = new Set();
      // Those that were typed in since the server was asked.
      this.since = new Set();
      // Perhaps the row has its corrected source now.
      root.addEventListener("desk:aids", () => this.show());
      root.addEventListener("focusout", ({ target }) => {
        if (this.isBehind && this.list.contains(target)) this.later();
      });
      this.show();
    }

    get list() {
      return this.root.querySelector("[data-desk-marks]");
    }

    /* Something was typed: what was found is no more said of these words. */
    change(row) {
      this.since.add(row);
      if (row.isDirty === this.changed.has(row)) return;
      if (!row.isDirty) this.later();
      else {
        this.changed.add(row);
        this.show();
      }
    }

    /* Once nothing was saved for a moment, and nobody is amid a sentence. */
    later() {
      window.clearTimeout(this.timer);
      const wait = Math.max(PAUSE_MS, this.quietIn);
      this.timer = window.setTimeout(() => (this.quietIn ? this.later() : this.fetch()), wait);
    }

    get quietIn() {
      return Math.max(0, ...this.rows.map((row) => row.quietIn));
    }

    async fetch() {
      this.request?.abort();
      const request = new AbortController();
      this.request = request;
      this.since = new Set(this.rows.filter((row) => row.isDirty));
      try {
        const { signal } = request;
        const response = await window.ArchiveSession.ask(this.root.dataset.findingsUrl, { signal });
        const fresh = document.createElement("template");
        fresh.innerHTML = await response.text();
        // Nothing moves under somebody's hands; rows and bar have the new numbers all the same.
        this.isBehind = this.list.contains(document.activeElement);
        const { dataset } = fresh.content.querySelector("[data-desk-marks]");
        if (this.isBehind) Object.assign(this.list.dataset, dataset);
        else this.list.replaceWith(fresh.content);
        this.changed = new Set(this.since);
        this.show();
      } catch {
        /* The next save asks again. */
      }
    }

    isOld(row) {
      return row.isDirty || this.changed.has(row);
    }

    show() {
      this.marks = JSON.parse(this.list.dataset.deskMarks);
      this.nameRows();
      this.fade();
      this.rows.forEach((row) => row.showFindings(this.say(this.of(row))));
      this.showNumbers();
      const all = this.rows.map((row) => this.of(row));
      const text = this.say([0, 1].map((kind) => all.reduce((sum, one) => sum + one[kind], 0)));
      this.button.hidden = !text;
      this.button.querySelector("span").textContent = text;
    }

    /* What apps suggest: of words that are being changed nothing is suggested yet. */
    showNumbers() {
      const numbers = JSON.parse(this.list.dataset.deskNumbers);
      for (const [name, counts] of Object.entries(numbers)) {
        // Where nobody is asked, rows have no place for it.
        if (!this.root.querySelector(`[data-desk-mark="${name}"]`)) continue;
        this.rows.forEach((row) => {
          row.showNumber(`mark="${name}"`, this.isOld(row) ? 0 : counts[row.key] || 0);
        });
      }
    }

    /* The server numbers the rows as the story has them now; this page shows them as it had them. */
    nameRows() {
      const links = [...this.list.querySelectorAll("[data-desk-of]")];
      for (const link of links) {
        const row = this.rows.find(({ key }) => key === link.dataset.deskOf)?.element;
        const [own, number] = [link.hash.slice(5), row?.id.slice(4)];
        if (!row) link.closest("li").hidden = true;
        else if (number !== own) {
          link.setAttribute("href", `#${row.id}`);
          link.textContent = link.textContent.replace(own, number);
        }
      }
    }

    /* What the list and the sidebar say of former words is grey until it is known anew. */
    fade() {
      const old = new Set(this.rows.filter((row) => this.isOld(row)).map(({ key }) => key));
      this.list.querySelectorAll("[data-desk-of]").forEach((link) => {
        link.closest("li").inert = old.has(link.dataset.deskOf);
      });
      const { row } = this.sidebar;
      const isOld = Boolean(row) && row.isDirty;
      this.sidebar.aids.querySelectorAll(".archive-findings").forEach((list) => {
        list.inert = isOld;
      });
      this.sidebar.aids.toggleAttribute("data-old", isOld);
    }

    /* None while the row still shows the source from before a correction: what is found in the new
       one would be wrong of it. */
    of(row) {
      if (this.isOld(row)) return NONE;
      const [errors, warnings, digest] = this.marks[row.key] || [];
      return digest === row.shown ? [errors, warnings] : NONE;
    }

    has(row) {
      return this.of(row) !== NONE;
    }

    say([errors, warnings]) {
      const parts = [];
      if (errors) parts.push(desk.say(this.messages.errors, { number: errors }));
      if (warnings) parts.push(desk.say(this.messages.warnings, { number: warnings }));
      return parts.join(" · ");
    }
  }

  desk.Findings = Findings;
})();
