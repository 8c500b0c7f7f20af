/* The translators' desk: each row saves itself.
 *
 * A change is written into this browser's storage at once, sent a moment after the last key, and
 * forgotten here only once the server has it. One request at a time, so that each starts from the
 * version that the one before it made.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const PAUSE_MS = 1_000;
  // Who types on and on is saved meanwhile.
  const MOST_MS = 4_000;
  const RETRY_MS = [3_000, 6_000, 15_000, 30_000, 60_000];
  const TIMEOUT_MS = 20_000;
  // Browsers send no more than this from a page that is being left.
  const LAST_BYTES = 60_000;
  const MOST_ROUNDS = 5;

  class Saver {
    constructor(root, rows, { messages, onSaved, onConfirmed, onDecided }) {
      this.root = root;
      this.rows = rows;
      this.byKey = new Map(rows.map((row) => [row.key, row]));
      this.messages = messages;
      this.onSaved = onSaved;
      this.onConfirmed = onConfirmed;
      this.onDecided = onDecided;
      this.url = root.dataset.saveUrl;
      this.isOn = Boolean(this.url) && !desk.isLocked();
      this.outbox = new desk.Outbox(root.dataset.translation, root.dataset.user);
      this.trouble = null;
      this.failures = 0;
      // How many times the server has told what is stored.
      this.answers = 0;
      this.running = null;
      this.unkept = new Set();
      // Rows whose words wait here for the end of a lock.
      this.locked = new Set();
      // When what was typed since the last save is sent, even if the typing goes on.
      this.due = null;
      // Whether it is known what earlier pages have kept here.
      this.hasRead = false;
      // Names in the outbox of earlier wordings of a row.
      this.passed = new Map(rows.map((row) => [row, []]));
    }

    get isBusy() {
      return Boolean(this.running);
    }

    /* Something was typed or ticked. */
    changed(row) {
      if (!this.isOn) return;
      // One's own words are undone: nothing of them is in question any more.
      if (row.isConflict && !row.isDirty) this.loadTheirs(row);
      if (row.isDirty || row.isConflict) {
        this.keep(row);
        this.soon();
      } else {
        this.forget(row);
      }
      this.show();
    }

    async keep(row) {
      const isKept = await this.outbox.keep(row.change());
      if (isKept !== this.unkept.has(row)) return;
      if (isKept) this.unkept.delete(row);
      else if (row.isDirty || row.isConflict) this.unkept.add(row);
      this.show();
    }

    forget(row) {
      this.outbox.forget(row.key);
      this.passed
        .get(row)
        .splice(0)
        .forEach((name) => this.outbox.drop(name));
      this.unkept.delete(row);
    }

    /* A moment after the last key, or at the latest so long after the first. */
    soon() {
      this.due ??= Date.now() + MOST_MS;
      this.later(Math.min(PAUSE_MS, Math.max(this.due - Date.now(), 0)));
    }

    later(ms) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.flush(), ms);
    }

    waiting() {
      return this.rows.filter((row) => row.isDirty);
    }

    /* Send all that can be sent; resolves once there is nothing left to send, or trouble. */
    async flush() {
      window.clearTimeout(this.timer);
      this.due = null;
      if (!this.isOn) return;
      this.settleTexts();
      while (this.running) {
        await this.running;
        this.settleTexts();
      }
      const batch = this.sendable().map((row) => row.parcel());
      if (batch.length) {
        this.running = this.send(batch).finally(() => {
          this.running = null;
        });
        this.show();
        await this.running;
        if (!this.trouble && this.sendable().length) this.later(PAUSE_MS);
      }
      this.show();
    }

    /* Also what was typed while a request was under way. */
    async flushAll() {
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        await this.flush();
        if (this.trouble || !this.sendable().length) return;
      }
    }

    settleTexts() {
      this.rows.forEach((row) => row.text.settle());
    }

    sendable() {
      return this.waiting().filter((row) => !row.isStuck);
    }

    async send(batch) {
      try {
        const answer = await this.post(batch.map(({ change }) => change));
        this.answers += 1;
        answer.outcomes.forEach((outcome, n) => this.settle(batch[n], outcome));
        this.onSaved(answer);
        this.trouble = null;
        this.failures = 0;
      } catch (error) {
        this.trouble = error;
        this.later(RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]);
        this.failures += 1;
      }
    }

    async post(changes, options = { signal: AbortSignal.timeout(TIMEOUT_MS) }) {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ changes });
      const sent = { method: "POST", headers, body, ...options };
      return (await window.ArchiveSession.ask(this.url, sent)).json();
    }

    settle({ row, words, deeds, change }, outcome) {
      row.text.settle();
      const isAsSent = row.words === words;
      row.parcelOut = null;
      row.told = "";
      if (outcome.kind === "conflict") {
        row.conflictWith(outcome.conflict);
        if (row.isOvertaken) this.loadTheirs(row);
      } else if (outcome.kind === "refused" || outcome.kind === "gone") {
        row.refuse(words, outcome.message);
      } else {
        row.accept(outcome.version, outcome.state, words, deeds);
        row.describe(outcome.about);
        if (outcome.errors.length && isAsSent) row.ask(outcome.errors);
        else if (change.confirmed && outcome.kind === "saved") this.onConfirmed(row);
        // Perhaps a colleague's words, where nothing was changed here.
        const isTheirs = outcome.stored && isAsSent && this.differs(row, outcome.stored);
        if (isTheirs) this.follow(row, outcome.stored, outcome.state);
        else if (row.isDirty) this.keep(row);
        else this.forget(row);
      }
    }

    differs(row, stored) {
      const { left_out: leftOut, joined } = row.boxes;
      const here = [
        row.text.plain.trim(),
        leftOut.checked,
        Boolean(joined?.checked),
        row.note.value.trim(),
      ];
      const plain = row.text.plainOf(stored.target);
      const there = [plain.trim(), stored.left_out, stored.joined, stored.note];
      return JSON.stringify(here) !== JSON.stringify(there);
    }

    /* Show what is stored: nothing of it waits to be sent. */
    follow(row, stored, state) {
      row.follow(stored, state);
      this.forget(row);
    }

    /* What somebody else has stored, or this person by another way; says so. */
    followOther(row, stored, state) {
      this.follow(row, stored, state);
      const isOwn = stored.about.author === this.root.dataset.user;
      row.tell(isOwn ? this.messages.ownFollowed : this.messages.followed);
    }

    /* What was stored in these rows by another way than typing; what is typed in one meanwhile stays,
       and the server judges. */
    takeStored(rows, standing) {
      rows.forEach(({ key, stored, state }) => {
        const row = this.byKey.get(key);
        if (row && !row.isBusy) this.follow(row, stored, state);
      });
      this.onSaved(standing);
      this.show();
    }

    /* Mine, knowing theirs. */
    keepMine(row) {
      return this.decide(row, () => {
        row.endConflict();
        row.savedWords = null;
        this.changed(row);
      });
    }

    /* Theirs; mine goes into the history. */
    takeTheirs(row) {
      return this.decide(row, () => {
        const { target, left_out, joined, note, seen } = row.change();
        this.loadTheirs(row);
        row.deeds.given_up = { target, left_out, joined, note, seen };
        this.keep(row);
      });
    }

    loadTheirs(row) {
      this.follow(row, row.endConflict(), "done");
      // The server says what state that is.
      row.savedWords = null;
    }

    async decide(row, choose) {
      const { words } = row;
      choose();
      await this.flush();
      if (!row.isDirty && !row.isConflict) this.onDecided({ key: row.key, words });
    }

    /* In another window its person has decided about a conflict of these words: what is stored now
       stands here, too. Words that are others here are still in question. */
    hearDecision({ key, words }) {
      const row = this.byKey.get(key);
      row?.text.settle();
      if (!row?.isConflict || row.words !== words) return;
      // The server says what became of it: theirs, sent back unchanged, gives way to what is stored.
      this.loadTheirs(row);
      this.flush();
    }

    /* What an earlier page couldn't send: it is typed in again, and the server judges. Texts of two
       pages for one segment go one after the other, so that the second shows as a conflict. */
    async restore(showLost) {
      if (!this.url) return;
      let left = (await this.outbox.left()).filter((one) => !this.tellHalf(one));
      this.hasRead = true;
      this.show();
      if (!this.isOn) {
        left.forEach((one) => this.showKept(one));
        return;
      }
      let isFirst = true;
      while (left.length && !this.trouble) {
        const seen = new Set();
        const later = left.filter(({ change: { key } }) => seen.size === seen.add(key).size);
        left
          .filter((one) => !later.includes(one))
          .forEach((one) => this.restoreOne(one, showLost, isFirst));
        await this.flushAll();
        left = later;
        isFirst = false;
      }
    }

    /* While the translation is locked nothing can be sent; the words wait for that to end. */
    showKept({ change }) {
      const row = this.byKey.get(change.key);
      const isShown = row?.holds(change);
      if (!row || (isShown && !row.isDirty)) return;
      this.locked.add(row);
      if (!isShown) row.showKept(change);
      this.show();
    }

    restoreOne({ name, change }, showLost, isFirst) {
      const row = this.byKey.get(change.key);
      if (!row) {
        showLost(change, () => this.outbox.drop(name));
      } else if (!row.isDirty && !row.isConflict) {
        row.restore(change);
        this.takeOver(name, row.change());
      } else if (row.holds(change)) {
        // A refused form, shown again.
        this.takeOver(name, change);
      } else if (isFirst && row.base.value === change.base) {
        // An earlier wording of it. One that comes later is another page's, and nobody has seen it.
        this.passed.get(row).push(name);
      }
    }

    /* Letters that no text took. Whether there is nothing else to restore. */
    tellHalf({ name, change: { key, composed, target } }) {
      if (composed) this.byKey.get(key)?.showComposed(composed);
      if (target === undefined) this.outbox.drop(name);
      return target === undefined;
    }

    /* From now on the text is this page's. */
    async takeOver(name, change) {
      if (await this.outbox.keep(change)) this.outbox.drop(name);
    }

    /* The page is being left: one last try; what doesn't arrive is kept here. */
    leave() {
      if (!this.isOn) return;
      this.settleTexts();
      this.rows
        .filter((row) => row.composed)
        .forEach((row) => {
          const { key, composed } = row;
          this.outbox.keep({ ...(row.isDirty ? row.change() : { key }), composed });
        });
      if (this.running) return;
      const batch = this.sendable().map((row) => row.parcel());
      batch.filter(({ row }) => !row.composed).forEach(({ row }) => this.keep(row));
      const changes = batch.map(({ change }) => change);
      if (batch.length && new Blob([JSON.stringify(changes)]).size < LAST_BYTES) {
        this.post(changes, { keepalive: true }).catch(() => {});
      }
    }

    show() {
      this.rows.forEach((row) => this.showRow(row));
      const summary = this.root.querySelector("[data-desk-summary]");
      const [kind, text] = this.summary();
      if (summary.textContent !== text) summary.textContent = text;
      summary.dataset.kind = kind;
      this.root.querySelector("[data-desk-retry]").hidden = !["offline", "unkept"].includes(kind);
    }

    showRow(row) {
      const { messages } = this;
      if (row.isConflict) row.showSaved("conflict", messages.conflict);
      // Of an old version nothing is stored until it is saved as a whole.
      else if (!this.url) row.showSaved("off", "");
      else if (this.locked.has(row)) row.showSaved("unkept", messages.locked);
      else if (!row.isDirty && row.told) row.showSaved("followed", row.told);
      else if (!row.isDirty) row.showSaved("saved", row.base.value ? messages.saved : "");
      else if (row.refused === row.words)
        row.showSaved("refused", desk.say(messages.refusedBecause, { reason: row.refusal }));
      else if (this.unkept.has(row)) row.showSaved("unkept", messages.unkept);
      else if (this.trouble) row.showSaved("offline", this.kept());
      else row.showSaved("saving", this.running ? messages.saving : "…");
    }

    kept() {
      const { kind, message } = this.trouble;
      if (kind === "loggedOut") return this.messages.loggedOut;
      // What the server says about the whole request: it's locked, it isn't yours.
      return kind === "refused" ? message : this.messages.offline;
    }

    /* Which segments were to be confirmed, and are not, for an error that was found in them. */
    asked() {
      const numbers = this.rows
        .filter((row) => row.isAsked && row.isDraft)
        .map(({ element }) => element.id.slice(4));
      const told = { numbers: numbers.join(", ") };
      return numbers.length ? [desk.say(this.messages.notConfirmed, told)] : [];
    }

    summary() {
      const { messages } = this;
      if (!this.url) return ["off", messages.oldVersion];
      if (this.locked.size) return ["off", messages.locked];
      if (!this.isOn) return ["off", messages.readOnly];
      if (this.unkept.size) return ["unkept", messages.unkept];
      const waiting = this.waiting();
      if (this.trouble && waiting.length) {
        const number = desk.say(messages.waiting, { number: waiting.length });
        return ["offline", waiting.length > 1 ? `${this.kept()} · ${number}` : this.kept()];
      }
      const conflicts = this.rows.filter((row) => row.isConflict);
      if (conflicts.length) {
        const areOwn = conflicts.every((row) => row.element.querySelector("[data-own]"));
        return ["conflict", areOwn ? messages.ownConflicts : messages.conflicts];
      }
      if (waiting.some((row) => row.refused === row.words)) return ["refused", messages.refused];
      if (waiting.length || this.running) return ["saving", messages.saving];
      return this.hasRead ? ["saved", [messages.saved, ...this.asked()].join(" · ")] : ["", ""];
    }
  }

  desk.Saver = Saver;
})();
