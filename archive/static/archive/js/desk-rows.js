/* The translators' desk: a row is a segment, what is typed for it, and what is stored of it. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const FINISHED = new Set(["confirmed", "reviewed", "left-out", "joined"]);

  // Words that nobody has confirmed, whosever they are: as the bar counts them.
  const DRAFTS = new Set(["draft", "check", "aligned", "file", "machine", "memory", "repetition"]);

  // Who types on within this time isn't through with a sentence.
  const QUIET_MS = 2_000;

  // Nobody has read within this time what they are asked, or shown: the second press of two quick
  // ones is meant for another row.
  const READ_MS = 400;

  const say = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* What the memory's text in a row may have wrong, as it was stored; null for nothing. */
  const readDoubts = (stored) => {
    try {
      const { adapted, differing } = JSON.parse(stored);
      return [adapted, differing].every(Array.isArray) ? { adapted, differing } : null;
    } catch {
      return null;
    }
  };

  const doubtTag = (text, kind) => {
    const part = document.createElement("span");
    part.className = `archive-desk__tag archive-desk__tag--${kind}`;
    part.textContent = text;
    return part;
  };

  class Row {
    constructor(element, options, messages, changed) {
      this.element = element;
      this.messages = messages;
      this.key = element.dataset.key;
      this.source = element.querySelector("[data-desk-source]");
      const part = (name) => element.querySelector(`[name^="segment-${name}--"]`);
      this.boxes = { left_out: part("left-out"), joined: part("joined") };
      [this.note, this.base, this.seen] = ["note", "base", "seen"].map(part);
      // The source as the row shows it; `seen` is the one that its words are for, a former one where
      // a refused form has come back after a correction.
      this.shown = element.dataset.digest;
      this.shownAt = 0;
      this.note.readOnly = desk.isLocked();
      this.text = desk.textOf(element.querySelector("[data-desk-field]"), options, () =>
        changed(this),
      );
      // What a person does beside writing; sent once. To confirm is to stand by certain words.
      this.deeds = {};
      this.origin = { words: null, name: "human", score: null };
      // What a text from the memory may have wrong.
      this.doubts = readDoubts(element.dataset.doubts);
      // What a person was asked of these words before they stand by them: {words, errors, at}.
      this.asked = null;
      // What somebody else has done to it, until it is looked at.
      this.told = "";
      this.refused = null;
      this.parcelOut = null;
      this.isReturned = false;
      this.typedAt = 0;
      this.savedWords = this.words;
      this.storedState = element.dataset.state;
      this.storedText = this.text.words;
      this.showState();
      this.showTags();
    }

    /* How long nobody is to be told yet of what is wrong here: a sentence is being written. */
    get quietIn() {
      return this.text.hasFocus ? Math.max(this.typedAt + QUIET_MS - Date.now(), 0) : 0;
    }

    get isRich() {
      return this.element.dataset.markup === "rich";
    }

    get isConflict() {
      return this.state === "conflict";
    }

    /* The stored text's; words that differ from it are a draft from their first character. */
    get state() {
      const { left_out: leftOut, joined } = this.boxes;
      if (this.text.words === this.storedText) return this.storedState;
      const hasWords = Boolean(this.text.plain.trim());
      const isDecided = leftOut.checked || (joined?.checked && !hasWords);
      if (isDecided || this.storedState === "conflict") return this.storedState;
      return hasWords ? "draft" : "empty";
    }

    /* Its words are for a former source, as far as anybody has said. */
    get isBehind() {
      const isUnread = this.seen.value !== this.shown && Boolean(this.text.plain.trim());
      return this.state === "stale" || isUnread;
    }

    /* Whether a sentence begins here after its source has been shown: who is in the middle of one
       doesn't look up. */
    get isStarting() {
      const now = Date.now();
      return now - this.shownAt >= READ_MS && now - this.typedAt >= QUIET_MS;
    }

    /* Its words were stored as a former source's, and it doesn't say yet what has changed. */
    get isUntold() {
      return this.storedState === "stale" && !this.element.querySelector("[data-desk-stale]");
    }

    /* What tells of a correction of the source, or else the source. */
    get shownChange() {
      const change = this.element.querySelector("[data-desk-stale], [data-desk-changed]");
      return change || this.source;
    }

    get isFinished() {
      return FINISHED.has(this.state);
    }

    get isDraft() {
      return DRAFTS.has(this.state);
    }

    /* A draft that is no person's: readers don't get it before somebody confirms it. */
    get isUnseen() {
      return this.isDraft && this.state !== "draft";
    }

    /* All that a save of this row says: two rows that are alike need no save between them. */
    get words() {
      const { left_out: leftOut, joined } = this.boxes;
      return JSON.stringify([
        this.text.words,
        leftOut.checked,
        Boolean(joined?.checked),
        this.note.value.trim(),
      ]);
    }

    /* Whether the row holds what an earlier page kept. */
    holds({ target, left_out: leftOut, joined, note }) {
      return this.words === JSON.stringify([this.text.wordsOf(target), leftOut, joined, note]);
    }

    get isDirty() {
      return this.words !== this.savedWords || Object.keys(this.deeds).length > 0;
    }

    /* Whether something of it is typed or composed, on its way or in question: nothing may take its
       place. */
    get isBusy() {
      // What was typed a moment ago is a change, too.
      this.text.settle();
      return this.isDirty || this.isConflict || Boolean(this.parcelOut || this.composed);
    }

    /* Nothing that is sent now would be taken. */
    get isStuck() {
      return this.isConflict || this.refused === this.words;
    }

    change() {
      // Who types on after confirming has another text, which nobody has confirmed.
      const { confirmed, is_sure: sure, ...deeds } = this.deeds;
      if (confirmed === this.text.words) deeds.confirmed = true;
      if (deeds.confirmed && sure === confirmed) deeds.is_sure = true;
      return {
        key: this.key,
        target: this.text.value,
        base: this.base.value,
        seen: this.seen.value,
        shown: this.shown,
        left_out: this.boxes.left_out.checked,
        joined: Boolean(this.boxes.joined?.checked),
        note: this.note.value.trim(),
        ...this.ownOrigin,
        suggested: this.origin.name === "human" ? "" : this.origin.name,
        is_doubtful: Boolean(this.doubts),
        doubts: this.storedDoubts,
        // Sent, and never answered: perhaps it is stored already.
        unanswered: this.parcelOut?.change,
        ...deeds,
      };
    }

    /* Whoever opens the row elsewhere is told of the same, and asked once more. */
    get storedDoubts() {
      const { adapted, differing } = this.doubts || {};
      return this.doubts ? JSON.stringify({ adapted, differing }) : "";
    }

    /* Once somebody has changed a suggestion, what stands there is typed, whatever it is like. */
    hear() {
      if (this.text.words !== this.origin.words) this.origin.words = null;
    }

    /* Whose words these are: a suggestion's only as long as nobody changes it. */
    get ownOrigin() {
      const { words, name, score } = this.origin;
      return words === this.text.words ? { origin: name, score } : { origin: "human", score: null };
    }

    /* What to send now. A request that was never answered is repeated as it was: if it did arrive,
       what was typed since would seem to conflict with it. */
    parcel() {
      const change = { ...this.change(), unanswered: undefined };
      this.parcelOut = this.parcelOut || {
        row: this,
        words: this.words,
        change,
        deeds: { ...this.deeds },
      };
      return this.parcelOut;
    }

    /* Put a text in place of the whole: from the memory, with its score, or from a machine. `doubts`
       tells which figures, dates and names were adapted to this source, and which couldn't be. */
    replace(text, origin, raw, doubts = null, score = null) {
      return this.exchange(() => {
        this.text.replace(text, raw);
        this.text.settle();
        this.origin = { words: this.text.words, name: origin || "human", score };
        this.doubts = doubts;
        this.showTags();
      });
    }

    copySource() {
      return this.exchange(() => this.text.copy(this.source));
    }

    /* Whatever puts other words in place of the whole does it here; false while two texts are in
       question, for the one in the box stands nowhere else: which of them stays is decided first. */
    exchange(write) {
      if (this.isConflict) this.showSaved("asked", this.messages.conflictFirst);
      else write();
      return !this.isConflict;
    }

    /* Put right what the checks found: [words, which of those places, text] for each; whether all
       of it stood there. From the end, so that the places before hold. */
    mend(fixes) {
      this.text.settle();
      const isThere = ([words, nth]) => desk.nthPlace(this.text.plain, words, nth) >= 0;
      if (!fixes.every(isThere)) return false;
      return this.exchange(() => [...fixes].reverse().forEach((fix) => this.text.mend(...fix)));
    }

    /* The figures of an earlier text that still stand here and aren't this source's. */
    get differing() {
      return (this.doubts?.differing || [])
        .filter(([, here]) => !here || this.text.plain.includes(here))
        .map(([words]) => words);
    }

    /* What was adapted, "from → to", and still stands here. */
    get adapted() {
      const { plain } = this.text;
      return (this.doubts?.adapted || []).filter((one) => plain.includes(one.split(" → ").at(-1)));
    }

    /* What the server doesn't take, nobody can stand by. */
    refuse(words, reason) {
      this.refused = words;
      this.refusal = reason;
      delete this.deeds.confirmed;
      this.showState();
    }

    /* That a person stands by the row: a figure that differs is asked for once, and so is what the
       server finds wrong. False where nobody can, or has read yet what is asked. */
    confirm() {
      this.text.settle();
      if (this.refused === this.words) return false;
      if (this.differing.length && !this.isAsked) {
        this.ask([]);
        return true;
      }
      if (this.isAsked && Date.now() - this.asked.at < READ_MS) return false;
      this.doubts = null;
      this.stand(this.isAsked);
      this.showTags();
      return true;
    }

    stand(isSure = false) {
      this.deeds.confirmed = this.text.words;
      if (isSure) this.deeds.is_sure = this.text.words;
      this.showState();
    }

    /* To be confirmed once more, by somebody who knows of these errors. */
    ask(errors) {
      this.asked = { words: this.text.words, errors, at: Date.now() };
      this.showTags();
    }

    get isAsked() {
      return this.asked?.words === this.text.words;
    }

    /* Confirmed here, and the server doesn't know yet. */
    get isStanding() {
      return this.isDraft && this.deeds.confirmed === this.text.words;
    }

    /* Take what is stored: somebody else's words, or those kept in this browser. */
    load({ target, html, left_out: leftOut, joined, note }) {
      this.text.load(target, html);
      this.boxes.left_out.checked = leftOut;
      if (this.boxes.joined) this.boxes.joined.checked = joined;
      this.note.value = note;
      this.showTags();
    }

    /* Type in again what an earlier page couldn't send. */
    restore({ unanswered, ...change }) {
      this.doubts = readDoubts(change.doubts);
      this.load({ ...change, html: undefined });
      this.base.value = change.base;
      this.seen.value = change.seen || this.seen.value;
      this.origin = { words: this.text.words, name: change.origin, score: change.score ?? null };
      if (change.still_right) this.deeds.still_right = true;
      if (change.given_up) this.deeds.given_up = change.given_up;
      if (change.confirmed) this.stand(change.is_sure);
      this.savedWords = null;
      this.kept = this.words;
      if (unanswered) this.parcelOut = { row: this, words: null, change: unanswered, deeds: {} };
    }

    accept(version, state, words, deeds = this.deeds) {
      this.base.value = version;
      this.savedWords = words;
      if (words) [this.storedText] = JSON.parse(words);
      this.refused = null;
      // One that was done anew while these were on their way is still to be sent.
      Object.keys(deeds)
        .filter((name) => this.deeds[name] === deeds[name])
        .forEach((name) => delete this.deeds[name]);
      this.setState(state);
      if (this.isFinished && (this.doubts || this.asked)) {
        // Perhaps confirmed in another window.
        this.doubts = null;
        this.asked = null;
        this.showTags();
      }
      this.showChange();
    }

    /* What has changed in the source stays before whoever works it into the words, until somebody
       stands by them; what can be done about words for the former source goes with these. */
    showChange() {
      const change = this.element.querySelector("[data-desk-stale], [data-desk-changed]");
      const isStale = this.storedState === "stale";
      change?.toggleAttribute("data-desk-stale", isStale);
      change?.toggleAttribute("data-desk-changed", !isStale);
      change?.querySelector(".archive-desk__buttons")?.toggleAttribute("hidden", !isStale);
      if (this.isFinished) change?.remove();
    }

    /* Its words are a refused form's: perhaps of a former source. Whoever changes them has the one
       that came with the form before them. */
    isntStored() {
      this.isReturned = true;
      this.savedWords = null;
      this.storedText = null;
      this.showState();
    }

    /* The source as it stands now. Whoever is at work in the row has perhaps seen nothing of it: what
       they type on is the former one's translation, until they have paused with it before them. */
    showSource(content, digest) {
      const [source, stale, change] = [
        "[data-desk-source]",
        "[data-desk-stale]",
        "[data-desk-stale], [data-desk-changed]",
      ].map((part) => content.querySelector(part));
      this.element.querySelector("[data-desk-stale], [data-desk-changed]")?.remove();
      this.source.replaceWith(source);
      if (change) source.after(change);
      this.source = source;
      this.shown = digest;
      this.shownAt = Date.now();
      this.isReturned = false;
      const isFormers = stale || !this.text.plain.trim();
      if (!isFormers || !this.element.contains(document.activeElement)) this.see();
      this.showTags();
    }

    /* Somebody has the shown source before them: what is typed from here on is its translation. */
    see() {
      this.seen.value = this.shown;
    }

    stillRight() {
      this.see();
      this.deeds.still_right = true;
    }

    follow(stored, state) {
      this.doubts = readDoubts(stored.about.doubts);
      this.load(stored);
      this.describe(stored.about);
      this.accept(stored.version, state, this.words);
    }

    /* The words that an earlier page kept, below those that are stored, with what differs. */
    showKept({ target }) {
      const [before, after] = [this.text.plain, this.text.plainOf(target)];
      this.tellBelow("blockquote", ...desk.changesOf(before, after).flat());
    }

    /* What an input method was composing as an earlier page was left; until one types here. */
    showComposed(letters) {
      const told = say(this.messages.composed, { letters });
      this.tellBelow("p", told).setAttribute("data-desk-composed", "");
    }

    tellBelow(tag, ...nodes) {
      const text = document.createElement(tag);
      text.className = "archive-desk__kept";
      text.append(...nodes);
      this.element.querySelector("[data-desk-conflict]").append(text);
      return text;
    }

    /* The letters of an input method that the text doesn't have yet. */
    get composed() {
      return desk.composedIn(this.text.field);
    }

    conflictWith(html) {
      const place = this.element.querySelector("[data-desk-conflict]");
      place.innerHTML = html;
      this.setState("conflict");
    }

    /* What differs between the two texts in question, as they stand now. */
    compareTheirs() {
      const place = this.element.querySelector(".archive-desk__theirs");
      const { target } = this.theirs;
      const theirs = this.text.plainOf(target);
      if (target) place.replaceChildren(...desk.compared(this.text.plain, theirs));
    }

    get theirs() {
      return JSON.parse(this.element.querySelector("[data-desk-theirs]").dataset.deskTheirs);
    }

    /* Whether it holds words that an earlier page kept, and their person has saved them since, perhaps
       with more: what is kept would take that away. */
    get isOvertaken() {
      if (this.words !== this.kept || !this.element.querySelector("[data-own]")) return false;
      const { target, left_out: leftOut, joined, note } = this.theirs;
      const [, ...rest] = JSON.parse(this.words);
      const isAlike = JSON.stringify(rest) === JSON.stringify([leftOut, joined, note]);
      return isAlike && this.text.plainOf(target).includes(this.text.plain.trim());
    }

    endConflict() {
      const { theirs } = this;
      this.element.querySelector("[data-desk-conflict]").replaceChildren();
      this.element.querySelectorAll(".error-message").forEach((error) => error.remove());
      this.element.classList.remove("archive-desk__row--error");
      this.base.value = theirs.version;
      this.setState("empty");
      return theirs;
    }

    /* Whose words are stored, for the list above the rows to choose by. */
    describe({ origin, score, author }) {
      Object.assign(this.element.dataset, { origin, score: score ?? "", author });
      this.showReviewed();
    }

    /* What was changed in a review is said as long as it stands: until somebody else has written
       there, or the words are again those that were handed in. */
    showReviewed() {
      const change = this.element.querySelector("[data-desk-tracked]");
      if (!change) return;
      const { text, content } = change.querySelector("[data-text]").dataset;
      const isAsHandedIn = this.text.words === this.text.wordsOf(content || text);
      change.hidden = isAsHandedIn || this.element.dataset.author !== change.dataset.by;
    }

    setState(state) {
      this.storedState = state;
      this.showState();
    }

    showState() {
      this.showReviewed();
      this.element.dataset.state = this.state;
      const place = this.element.querySelector("[data-desk-state]");
      const name = this.isStanding ? "standing" : this.state;
      const state = this.messages[`state${desk.camel(name)}`] || "";
      place.textContent = [state, this.placeOfWords].filter(Boolean).join(" · ");
    }

    /* Where the words of a row stand that has no place of its own; "" for all others. */
    get placeOfWords() {
      const { left_out: leftOut, joined } = this.boxes;
      if (!(leftOut.checked || joined?.checked) || !this.text.plain.trim()) return "";
      return leftOut.checked ? this.messages.wordsLeftOut : this.messages.wordsJoined;
    }

    /* Said of the row until one has been in it. */
    tell(message) {
      this.told = message;
      this.showSaved("followed", message);
    }

    /* "saved", "saving", "offline", …, with the words for it. */
    showSaved(kind, message) {
      const place = this.element.querySelector("[data-desk-saved]");
      if (place.dataset.kind === kind && place.textContent === message) return;
      place.dataset.kind = kind;
      place.textContent = message;
    }

    /* Which links and names of the source are missing from the translation, or twice in it. */
    showTags() {
      const place = this.element.querySelector("[data-desk-tags]");
      const isEmpty = !this.text.plain.trim();
      if (isEmpty) this.doubts = null;
      if (!this.isRich || isEmpty || this.boxes.left_out.checked) {
        this.missing = desk.sourceTags(this.source);
        place.replaceChildren(...this.errorTags(), ...this.doubtTags());
        return;
      }
      const { missing, doubled, strange } = desk.compareTags(this.source, this.text.value);
      this.missing = missing;
      const line = (template, words) => {
        const part = document.createElement("span");
        part.className = "archive-desk__tag";
        part.textContent = say(template, { words });
        return part;
      };
      const buttons = missing.map((tag) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "archive-desk__tag";
        button.dataset.deskTag = tag.name;
        button.title = say(this.messages.tagInsert, { words: tag.words });
        button.textContent = say(this.messages.tagMissing, { words: tag.words });
        return button;
      });
      place.replaceChildren(
        ...this.errorTags(),
        ...buttons,
        ...doubled.map((tag) => line(this.messages.tagDoubled, tag.words)),
        ...strange.map((tag) => line(this.messages.tagStrange, tag.words)),
        ...this.doubtTags(),
      );
    }

    /* What is wrong, first of all that is said of the row. */
    errorTags() {
      const errors = this.isAsked && !this.isFinished ? this.asked.errors : [];
      const template = this.messages.errorAsked;
      return errors.length ? [doubtTag(say(template, { words: errors.join(" ") }), "differs")] : [];
    }

    doubtTags() {
      const { adapted, differing, messages } = this;
      const template = this.isAsked ? messages.differsAsked : messages.differs;
      return [
        ...adapted.map((words) => doubtTag(say(messages.adapted, { words }), "adapted")),
        ...differing.map((words) => doubtTag(say(template, { words }), "differs")),
      ];
    }

    /* What the checks find here, in words; "" for nothing. */
    showFindings(text) {
      const mark = this.element.querySelector("[data-desk-found]");
      mark.hidden = !text;
      mark.querySelector("span").textContent = text;
    }

    /* How many there are of what the row has a mark for, such as "comments". */
    showNumber(name, number) {
      const mark = this.element.querySelector(`[data-desk-${name}]`);
      mark.querySelector("b, span").textContent = number;
      mark.hidden = !number;
    }

    /* Whether something typed beside the row waits to be sent. */
    showUnsent(isWaiting) {
      this.element.querySelector("[data-desk-unsent]").hidden = !isWaiting;
    }

    /* The source's tag by its name, or else the first that is missing; only a rich text takes one. */
    tag(name) {
      if (!this.isRich) return undefined;
      return name ? desk.sourceTags(this.source).find((one) => one.name === name) : this.missing[0];
    }

    /* Whether one more such tag is no more than the source has. */
    lacks(entity) {
      return this.isRich && desk.lacksTag(this.source, this.text.value, entity);
    }

    focus() {
      this.element.hidden = false;
      this.text.focus();
    }
  }

  desk.camel = (name) =>
    name
      .split("-")
      .map((part) => part[0].toUpperCase() + part.slice(1))
      .join("");
  Object.assign(desk, { Row, say });
})();
