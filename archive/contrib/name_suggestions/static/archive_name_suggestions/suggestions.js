/* The panel of suggested names: a list with one key for each answer.
 *
 * Accepting changes the form (see suggestions-form.js) and is stored when the form is saved; a
 * rejection changes nothing in it and is stored at once, as soon as the story itself is.
 */
(() => {
  "use strict";

  const { addTag, hasTag, removeTag, setRole, markFirst, unmark, nameBlocks, settle } =
    window.ArchiveStoryForm;
  const KEYS = { a: "accept", r: "reject", t: "role", u: "undo" };
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const ABOUT = "about";
  const MENTIONED = "mentioned";

  class Suggestions {
    constructor(panel) {
      this.panel = panel;
      this.list = panel.querySelector("[data-list]");
      this.said = panel.querySelector("[data-said]");
      this.form = panel.closest("form");
      // What was answered in this window, newest last: for undoing.
      this.done = [];
      this.asked = this.words();
      panel.addEventListener("click", (event) => this.onClick(event));
      panel.addEventListener("keydown", (event) => this.onKey(event));
      panel.addEventListener("focusin", ({ target }) =>
        this.onFocus(target.closest("[data-suggestion]")),
      );
    }

    /* What the names are suggested for. */
    words() {
      const inputs = this.form.querySelectorAll(
        "[data-archive-language] :is(input, textarea)[name]",
      );
      const names = new Set([...inputs].map(({ name }) => name));
      return JSON.stringify([...new FormData(this.form)].filter(([name]) => names.has(name)));
    }

    /* Each time the panel comes into sight: what was written meanwhile may name others. */
    onShown() {
      settle();
      if (!this.done.length && this.words() !== this.asked) this.again();
    }

    get items() {
      return [...this.list.querySelectorAll("[data-suggestion]")];
    }

    get input() {
      return this.form.querySelector(`[name="${this.panel.dataset.answers}"]`);
    }

    text(name, item) {
      const { title } = item ? JSON.parse(item.dataset.about) : { title: "" };
      return this.panel.dataset[name].replace("{name}", () => title);
    }

    say(text) {
      this.said.textContent = text;
    }

    // Mouse and keys

    onClick(event) {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      const item = button.closest("[data-suggestion]");
      const todo = button.dataset.do;
      if (todo === "again") this.again();
      else if (todo === "accept-here") this.acceptHere(button, item);
      else if (todo === "reopen") this.reopen(button.closest("[data-answered]"));
      else if (todo === "pick") this.pick(item, button.closest("[data-candidate]"));
      else if (item) this.act(todo, item, { link: button.matches("a") });
    }

    onKey(event) {
      const item = event.target.closest("[data-suggestion]");
      if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
      const { key } = event;
      const candidate = /^[1-9]$/.test(key) && item.querySelectorAll("[data-candidate]")[key - 1];
      if (key in STEPS) this.step(item, STEPS[key]);
      else if (event.repeat && (candidate || key in KEYS)) event.preventDefault();
      else if (candidate) this.pick(item, candidate);
      else if (key in KEYS) this.act(KEYS[key], item);
      else return;
      event.preventDefault();
    }

    act(todo, item, { link = false } = {}) {
      if (todo === "undo") this.undo(item.dataset.answer ? item : this.done.at(-1)?.item);
      else if (todo === "role") this.toggleRole(item);
      else if (item.dataset.answer) this.step(item, 1);
      else if (todo === "reject") this.reject(item);
      else if (todo === "accept") this.accept(item, link);
    }

    /* One item of the list takes part in the tab order: where one has been last. */
    onFocus(item) {
      if (!item) return;
      this.items.forEach((one) => {
        one.tabIndex = one === item ? 0 : -1;
      });
    }

    step(item, by) {
      const { items } = this;
      const next = items[items.indexOf(item) + by];
      if (next) next.focus();
    }

    /* After an answer: the next that waits, else the one before, else where it was. */
    goOn(item) {
      const { items } = this;
      const at = items.indexOf(item);
      const waiting = [...items.slice(at + 1), ...items.slice(0, at).reverse()].find(
        (one) => !one.dataset.answer,
      );
      const next = waiting || item;
      next.focus();
      next.scrollIntoView({ block: "nearest", behavior: "instant" });
    }

    // Answers

    accept(item, isLink = false) {
      const about = JSON.parse(item.dataset.about);
      if (about.subject === "entity") this.tag(item, about);
      // A new name or a tie: its form opens in a tab of its own, so that nothing here is lost.
      else if (!isLink)
        item.querySelector('a[data-do="accept"], button[data-do="accept-here"]')?.click();
    }

    /* What another room stores itself, at once. */
    async acceptHere(button, item) {
      button.disabled = true;
      const said = await this.sendValues(button.dataset);
      button.disabled = false;
      if (said.ok) {
        item.dataset.answer = "accepted";
        this.showDone(item, said.message);
        item.querySelector('[data-do="undo"]').hidden = true;
        if (item.contains(document.activeElement)) this.goOn(item);
      }
      this.say(said.message);
    }

    pick(item, candidate) {
      if (!candidate || item.dataset.answer) return;
      const question = JSON.parse(item.dataset.about);
      const picked = JSON.parse(candidate.dataset.about);
      const answered = { ...question, entity: picked.entity };
      this.tag(item, { ...picked, spots: question.spots }, answered, candidate);
    }

    tag(item, about, answered = null, beside = item) {
      const role = item.dataset.role || MENTIONED;
      // Wagtail moves on to a row that is added.
      const hadFocus = item.contains(document.activeElement);
      // A tag that was there before the answer stays when that is taken back.
      const entity = hasTag(about.entity) ? null : about.entity;
      if (!addTag(about, role)) {
        this.say(this.text("textUntaggable", item));
        return;
      }
      const mark = markFirst(about, about.spots);
      const answers = [about, answered].filter(Boolean).map((one) => this.answer(one, "accepted"));
      this.note(answers);
      this.close(item, "accepted", mark ? "textMarked" : "textAccepted", { answers, entity, mark });
      if (hadFocus) this.goOn(item);
      this.markBeside(beside, item);
    }

    reject(item) {
      const answers = [this.answer(JSON.parse(item.dataset.about), "rejected")];
      const close = (text) => this.close(item, "rejected", text, { answers });
      if (!this.panel.dataset.answerUrl) {
        this.note(answers);
        close("textRejectedLater");
        return;
      }
      close("textRejected");
      this.send(answers).catch((error) => {
        this.open(item);
        this.say(error.message);
      });
    }

    answer({ subject, entity, token, evidence }, verdict) {
      return { subject, entity, token, evidence, verdict };
    }

    undo(item) {
      const done = this.done.find((one) => one.item === item);
      if (!done) return;
      if (done.entity) removeTag(done.entity);
      if (done.mark) unmark(done.mark);
      const answers = done.answers.map((one) => ({ ...one, verdict: "open" }));
      // A version may have been saved meanwhile, with the answer that is taken back now.
      this.note(answers);
      this.open(item);
      item.focus();
      this.say(this.text("textUndone", item));
      if (done.verdict === "rejected" && this.panel.dataset.answerUrl) {
        this.send(answers).catch((error) => this.say(error.message));
      }
    }

    reopen(row) {
      const { subject, entity, token } = row.dataset;
      const answers = [{ subject, entity: Number(entity) || null, token, verdict: "open" }];
      if (!this.panel.dataset.answerUrl) return;
      this.send(answers)
        .then(() => this.again())
        .catch((error) => this.say(error.message));
    }

    close(item, verdict, text, done) {
      item.dataset.answer = verdict;
      this.showDone(item, this.text(text, item));
      this.done.push({ ...done, item, verdict });
      this.say(this.text(text, item));
      if (item.contains(document.activeElement)) this.goOn(item);
    }

    showDone(item, text) {
      item.querySelector(".archive-suggestion__done").hidden = false;
      item.querySelector("[data-done]").textContent = text;
    }

    open(item) {
      delete item.dataset.answer;
      item.querySelector(".archive-suggestion__done").hidden = true;
      this.done = this.done.filter((one) => one.item !== item);
    }

    toggleRole(item) {
      if (!item.querySelector('[data-do="role"]')) return;
      item.dataset.role = item.dataset.role === ABOUT ? MENTIONED : ABOUT;
      const done = this.done.find((one) => one.item === item);
      if (done?.entity) setRole(done.entity, item.dataset.role);
      this.say(item.querySelector(`[data-role-label="${item.dataset.role}"]`).textContent);
    }

    // What goes to the server

    /* Into the form: stored by its own buttons, and by nothing else. */
    note(answers) {
      const same = (one, other) =>
        one.subject === other.subject &&
        (one.subject === "entity" ? one.entity === other.entity : one.token === other.token);
      const noted = JSON.parse(this.input.value || "[]");
      const others = noted.filter((one) => !answers.some((other) => same(one, other)));
      this.input.value = JSON.stringify([...others, ...answers]);
    }

    async send(answers) {
      const body = new FormData();
      body.set(this.panel.dataset.answers, JSON.stringify(answers));
      await this.post(this.panel.dataset.answerUrl, body);
    }

    post(url, body) {
      return window.ArchiveSession.ask(url, { method: "POST", body });
    }

    /* Suggestions for the form as it stands: nothing of it is stored. */
    async again() {
      settle();
      nameBlocks();
      this.asked = this.words();
      this.list.setAttribute("aria-busy", "true");
      const hadFocus = this.list.contains(document.activeElement);
      try {
        const response = await this.post(this.panel.dataset.againUrl, new FormData(this.form));
        this.list.innerHTML = await response.text();
        this.done = [];
        if (hadFocus) (this.items[0] || this.panel.querySelector('[data-do="again"]')).focus();
        this.say(this.text("textAgain"));
      } catch (error) {
        this.say(error.message);
      }
      this.list.setAttribute("aria-busy", "false");
    }

    /* The same name in the other language's text, if the box beside it is ticked. */
    async markBeside(part, item) {
      const beside = part.querySelector("[data-beside]");
      if (!beside?.querySelector("[data-mark-beside]")?.checked) return;
      const said = await this.sendValues(beside.dataset);
      item.querySelector("[data-done]").append(` ${said.message}`);
      this.say(`${this.said.textContent} ${said.message}`);
    }

    /* {ok, message}: what the room behind the address says. */
    async sendValues({ action, values }) {
      const body = new FormData();
      Object.entries(JSON.parse(values)).forEach(([name, value]) => body.set(name, value));
      try {
        const { message } = await (await this.post(action, body)).json();
        return { ok: true, message };
      } catch (error) {
        return { ok: false, message: error.message };
      }
    }
  }

  // Wagtail's tabs put the open one into the address as soon as they are wired.
  const { hash } = window.location;

  /* A link from a list or a report leads to the panel: Wagtail opens its tab, and what is in it
   * can take the focus once it is shown.
   */
  const follow = (panel) => {
    if (hash !== `#${panel.id}`) return;
    const shown = new ResizeObserver(() => {
      if (!panel.offsetHeight) return;
      shown.disconnect();
      panel.scrollIntoView();
      panel.querySelector("[data-suggestion]")?.focus();
    });
    shown.observe(panel);
  };

  const start = () => {
    document.querySelectorAll("[data-archive-suggestions]").forEach((panel) => {
      const suggestions = new Suggestions(panel);
      panel.archiveSuggestions = suggestions;
      new IntersectionObserver((seen) => {
        if (seen.at(-1).isIntersecting) suggestions.onShown();
      }).observe(panel);
      follow(panel);
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
