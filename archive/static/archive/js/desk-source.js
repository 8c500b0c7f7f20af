/* The translators' desk: an editor may correct the story while it stands open, and a colleague, a
 * file or the memory write into the translation, or comment on it. Once any answer tells of another
 * version of source or draft, or the server does when it is asked every ten seconds, all rows are
 * brought in step with it; what is typed stays, and the server judges it.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 300;
  // How often a page that somebody looks at asks whether the story has changed.
  const LOOK_MS = 10_000;

  class Source {
    /* `onStep` is called with the progress, once the rows are as the server has them. */
    constructor(root, { rows, saver, messages, onStep }) {
      Object.assign(this, { root, rows, saver, messages, onStep });
      this.url = root.dataset.rowsUrl;
      this.version = root.dataset.source;
      // The newest draft of which this page shows everything.
      this.draft = root.dataset.draft;
      this.comments = root.dataset.comments;
      this.isOwn = false;
      window.setInterval(() => this.look(), LOOK_MS);
      document.addEventListener("visibilitychange", () => this.look());
    }

    /* A locked desk follows what its colleagues do, too; an old version stays what it is. */
    get isOn() {
      return Boolean(this.url && this.saver.url);
    }

    look() {
      const { saver } = this;
      if (!document.hidden && this.isOn && !saver.trouble && !saver.isBusy) this.fetch();
    }

    /* What a save says is the draft's version now, and which one it was before: where this page had
       that, nobody else has stored anything in between. */
    hearDraft({ draft, former }) {
      if (former === this.draft) this.draft = draft;
      else if (this.isOn) this.soon();
    }

    /* What an answer says is the source's version now. What a row doesn't show yet of a correction
       comes with all rows anew. */
    hear(version) {
      if (this.rows.some((row) => row.isUntold)) this.version = "";
      if (version && version !== this.version && this.isOn) this.soon();
    }

    soon() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.fetch(), PAUSE_MS);
    }

    /* All rows as they are stored by now, after something that was done here: nobody is told. */
    renew() {
      this.version = "";
      this.isOwn = true;
      return this.fetch();
    }

    async fetch() {
      // What is saved from now on is newer than the answer.
      const bases = new Map(this.rows.map((row) => [row, row.base.value]));
      const { answers } = this.saver;
      try {
        const { version: source, draft, comments } = this;
        const query = new URLSearchParams({ source, draft, comments });
        const response = await window.ArchiveSession.ask(`${this.url}?${query}`);
        if (response.status === 204) return;
        const found = await response.json();
        if (answers === this.saver.answers) this.take(found, bases);
        else this.soon();
      } catch {
        /* The next answer tells of it again. */
      }
    }

    take(answer, bases) {
      const { source, rows, draft, comments } = answer;
      this.comments = comments;
      const keys = new Set(rows.map(({ key }) => key));
      const isSame = keys.size === this.rows.length && this.rows.every((row) => keys.has(row.key));
      this.root.querySelector("[data-desk-rearranged]").hidden = isSame;
      const left = rows.filter((one) => {
        const row = this.saver.byKey.get(one.key);
        row?.showNumber("comments", one.comments);
        return row && !this.step(row, one, bases.get(row));
      });
      // One that is being written is brought in step after its save.
      if (!left.length) Object.assign(this, { version: source, draft });
      this.isOwn = false;
      this.onStep(answer);
    }

    /* Whether the row stands as the server has it, or says what it has. */
    step(row, { digest, html, stored, state }, base) {
      const isNew = digest !== row.shown || (row.isUntold && state === "stale");
      // Words that wait for the end of a lock are this page's alone.
      if (this.saver.locked.has(row) || row.isBusy || row.base.value !== base) {
        const known = row.isConflict ? row.theirs.version : row.base.value;
        return !isNew && stored.version === known;
      }
      if (isNew) {
        const content = document.createElement("template");
        content.innerHTML = html;
        row.showSource(content.content, digest);
      }
      if (stored.version !== base && this.isOwn) this.saver.follow(row, stored, state);
      else if (stored.version !== base) this.saver.followOther(row, stored, state);
      else if (state !== row.storedState) row.accept(stored.version, state, row.words);
      if (isNew) row.tell(this.messages.sourceFollowed);
      return true;
    }
  }

  desk.Source = Source;
})();
