/* The translators' desk: what is done to several segments at once is told above the rows, with a way
 * back; and the list of drafts that may be confirmed together.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  /* A tool tells of it by the event `desk:done` on the root, with `{said, entry}`: the entry of the
     journal that takes it back, if there is one. */
  class Done {
    constructor(root, { saver, source, goOn }) {
      Object.assign(this, { saver, source, goOn });
      this.url = root.dataset.undoUrl;
      this.box = root.querySelector("[data-desk-done]");
      const part = (name) => this.box.querySelector(`[data-done-${name}]`);
      [this.said, this.undo] = [part("said"), part("undo")];
      root.addEventListener("desk:done", ({ detail }) => this.show(detail));
      this.undo.addEventListener("click", () => this.takeBack());
      part("close").addEventListener("click", () => {
        this.box.hidden = true;
        goOn();
      });
    }

    show({ said, entry }) {
      this.entry = entry;
      this.said.textContent = said;
      this.undo.hidden = !entry;
      this.box.hidden = false;
      return this.source.renew();
    }

    /* Whoever goes on with the next segment has read it; the undo is in the history, too. */
    pass() {
      if (!this.undo.disabled) this.box.hidden = true;
    }

    async takeBack() {
      this.undo.disabled = true;
      try {
        // What is typed is newer than what is taken back.
        await this.saver.flushAll();
        const url = this.url.replace(/\/0\/$/, `/${this.entry}/`);
        const response = await window.ArchiveSession.ask(url, { method: "POST" });
        await this.show(await response.json());
      } catch ({ message }) {
        this.said.textContent = message;
      }
      this.undo.disabled = false;
      this.goOn();
    }
  }

  const PAUSE_MS = 500;

  class ExactMatches {
    constructor(root, { rows, saver, tell }) {
      Object.assign(this, { root, rows, saver, tell });
      this.url = root.dataset.exactUrl;
      this.button = root.querySelector("[data-desk-exact]");
      this.dialog = root.querySelector("[data-desk-exact-list]");
      this.place = this.dialog.querySelector("[data-exact-rows]");
      this.button.addEventListener("click", () => this.open());
      this.dialog.addEventListener("click", ({ target }) => {
        if (target.closest("[data-desk-close]")) this.dialog.close();
        if (target.closest("[data-exact-confirm]")) this.confirm(target);
      });
    }

    /* The server says how many there are, where there may be any; asked once for each state of
       those that may be. */
    show() {
      const isOne = ({ isDraft, element }) => isDraft && element.dataset.score === "100";
      const some = this.url && this.saver.isOn ? this.rows.filter(isOne) : [];
      const asked = some.map(({ key, base }) => `${key} ${base.value}`).join("\n");
      if (asked === this.asked) return;
      this.asked = asked;
      this.tellNumber(0);
      window.clearTimeout(this.timer);
      if (some.length) this.timer = window.setTimeout(() => this.count(asked), PAUSE_MS);
    }

    async count(asked) {
      try {
        const { wanted } = await (await window.ArchiveSession.ask(this.url)).json();
        if (asked === this.asked) this.tellNumber(Object.keys(wanted).length);
      } catch {
        /* The next save asks again. */
        this.asked = null;
      }
    }

    tellNumber(number) {
      this.button.hidden = !number;
      this.button.querySelector("b").textContent = number;
    }

    async open() {
      if (!this.url || !this.saver.isOn) return;
      // What is typed isn't the memory's any more.
      await this.saver.flushAll();
      try {
        const answer = await (await window.ArchiveSession.ask(this.url)).json();
        this.wanted = answer.wanted;
        this.place.innerHTML = answer.html;
        this.tellNumber(Object.keys(answer.wanted).length);
        this.dialog.showModal();
        this.place.querySelector("button")?.focus();
      } catch ({ message }) {
        this.tell(message);
      }
    }

    async confirm(button) {
      button.disabled = true;
      try {
        const headers = { "Content-Type": "application/json" };
        const sent = { method: "POST", body: JSON.stringify(this.wanted), headers };
        const detail = await (await window.ArchiveSession.ask(this.url, sent)).json();
        this.dialog.close();
        this.root.dispatchEvent(new CustomEvent("desk:done", { detail }));
      } catch ({ message }) {
        button.disabled = false;
        this.dialog.close();
        this.tell(message);
      }
    }
  }

  Object.assign(desk, { Done, ExactMatches });
})();
