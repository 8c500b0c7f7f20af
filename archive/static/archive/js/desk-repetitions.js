/* The translators' desk: once a segment is confirmed, asks whether the same words elsewhere in
 * one's work are to be translated so, too. What is filled is a draft.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 500;

  class Repetitions {
    /* `goOn` leads back to the text that is worked on. */
    constructor(root, { saver, goOn, messages }) {
      this.url = root.dataset.repetitionsUrl;
      Object.assign(this, { saver, goOn, messages });
      this.box = root.querySelector("[data-desk-repetitions]");
      const part = (name) => this.box.querySelector(`[data-repetitions-${name}]`);
      this.parts = Object.fromEntries(
        ["asked", "stories", "fill", "leave"].map((name) => [name, part(name)]),
      );
      this.parts.fill.addEventListener("click", () => this.fill());
      this.parts.leave.addEventListener("click", () => {
        this.box.hidden = true;
        this.remember("");
        this.goOn();
      });
    }

    /* The question outlives the page, until somebody has answered it; not every browser keeps it. */
    remember(key) {
      try {
        sessionStorage.setItem(`archive-repetitions ${this.url}`, key);
      } catch {
        // Then it isn't asked again.
      }
    }

    resume(rows) {
      let key = "";
      try {
        key = sessionStorage.getItem(`archive-repetitions ${this.url}`);
      } catch {
        // Nothing is kept.
      }
      const row = rows.find((one) => one.key === key);
      if (row) this.ask(row);
    }

    async request(method, key) {
      const data = new URLSearchParams({ key });
      const [address, body] = method === "POST" ? [this.url, data] : [`${this.url}?${data}`];
      try {
        return await (await window.ArchiveSession.ask(address, { method, body })).json();
      } catch ({ message }) {
        // Nobody misses a question that couldn't be asked.
        return { error: message };
      }
    }

    get isAsking() {
      return !this.box.hidden && !this.parts.fill.hidden;
    }

    /* Of the row that was confirmed last, however often. */
    async ask(row) {
      if (!this.url) return;
      this.asked = row;
      const answer = await this.request("GET", row.key);
      if (this.asked !== row) return;
      if (answer.count) {
        this.row = row;
        this.remember(row.key);
        this.show(answer.asked, answer.stories.join(" · "), true);
      } else if (answer.count === 0 && this.row === row && this.isAsking) {
        this.close();
      }
    }

    /* A moment after a save: the question goes once it isn't true any more, whoever has translated
       the other segments. */
    again() {
      window.clearTimeout(this.timer);
      if (!this.isAsking) return;
      this.timer = window.setTimeout(() => this.isAsking && this.ask(this.row), PAUSE_MS);
    }

    close() {
      const isHere = this.box.contains(document.activeElement);
      this.box.hidden = true;
      this.remember("");
      if (isHere) this.goOn();
    }

    async fill() {
      const { row } = this;
      this.show(this.parts.asked.textContent, "", false);
      this.goOn();
      // What is typed in one of them goes before what fills it.
      await this.saver.flushAll();
      const { said, error, rows, ...standing } = await this.request("POST", row.key);
      this.show(said || `${this.messages.notFilled} ${error || ""}`, "", false);
      if (said) this.remember("");
      if (said) this.saver.takeStored(rows, standing);
    }

    show(text, stories, isQuestion) {
      const { asked, stories: named, fill, leave } = this.parts;
      asked.textContent = text;
      named.textContent = stories;
      fill.hidden = leave.hidden = !isQuestion;
      this.box.hidden = false;
    }
  }

  desk.Repetitions = Repetitions;
})();
