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
      // Whose question is asked, and those whose questions come after it.
      Object.assign(this, { row: null, waiting: [], isFilling: false, said: "" });
      this.box = root.querySelector("[data-desk-repetitions]");
      const part = (name) => this.box.querySelector(`[data-repetitions-${name}]`);
      this.parts = Object.fromEntries(
        ["asked", "stories", "fill", "leave"].map((name) => [name, part(name)]),
      );
      this.parts.fill.addEventListener("click", () => this.fill());
      this.parts.leave.addEventListener("click", () => {
        this.hide();
        this.goOn();
        this.end();
      });
    }

    /* Questions outlive the page, until somebody has answered them; not every browser keeps them. */
    remember() {
      const keys = [this.row, ...this.waiting].filter(Boolean).map(({ key }) => key);
      try {
        sessionStorage.setItem(`archive-repetitions ${this.url}`, JSON.stringify(keys));
      } catch {
        // Then they aren't asked again.
      }
    }

    resume(rows) {
      let keys = [];
      try {
        keys = JSON.parse(sessionStorage.getItem(`archive-repetitions ${this.url}`)) || [];
      } catch {
        // Nothing is kept.
      }
      rows.filter(({ key }) => keys.includes(key)).forEach((row) => this.ask(row));
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

    /* Of a row that was confirmed, however often: once those before it have their answer. */
    ask(row) {
      if (!this.url) return;
      // What was said of another is read by now.
      if (!this.isAsking && !this.isFilling) this.hide();
      if (row !== this.row && !this.waiting.includes(row)) this.waiting.push(row);
      if (row === this.row) this.again();
      this.next();
    }

    async next() {
      if (this.row || !this.waiting.length) return;
      this.row = this.waiting.shift();
      this.remember();
      await this.check();
    }

    /* Whether the row's words still wait elsewhere. */
    async check() {
      const { row } = this;
      const answer = await this.request("GET", row.key);
      if (this.row !== row || this.isFilling) return;
      const text = [this.said, answer.asked].filter(Boolean).join(" · ");
      if (answer.count) this.show(text, answer.stories.join(" · "), true);
      else if (answer.count === 0 || !this.isAsking) this.close();
    }

    /* A moment after a save: the question goes once it isn't true any more, whoever has translated
       the other segments. */
    again() {
      window.clearTimeout(this.timer);
      if (!this.isAsking) return;
      this.timer = window.setTimeout(() => this.isAsking && this.check(), PAUSE_MS);
    }

    /* This one is answered, or can't be now. */
    end(goesOn = true) {
      this.row = null;
      this.remember();
      if (goesOn) this.next();
    }

    close() {
      const isHere = this.box.contains(document.activeElement);
      if (this.isAsking) this.hide();
      if (isHere) this.goOn();
      this.end();
    }

    async fill() {
      const { row } = this;
      this.isFilling = true;
      this.show(this.parts.asked.textContent, "", false);
      this.goOn();
      // What is typed in one of them goes before what fills it.
      await this.saver.flushAll();
      const { said, error, rows, ...standing } = await this.request("POST", row.key);
      this.isFilling = false;
      this.said = said || `${this.messages.notFilled} ${error || ""}`;
      this.show(this.said, "", false);
      if (said) this.saver.takeStored(rows, standing);
      // What nobody could answer is asked again with the next question.
      else this.waiting.push(row);
      this.end(Boolean(said));
    }

    hide() {
      this.box.hidden = true;
      this.said = "";
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
