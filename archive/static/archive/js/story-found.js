/* What a pasted story says of itself, to be accepted one key each; and the byline that is typed.
 *
 * All of its words stand in the body: accepting a proposal takes its lines out, undoing it puts
 * them back. */
(() => {
  "use strict";

  const { send, done } = window.ArchiveBody;
  const PAUSE_MS = 350;
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

  const panel = () => document.querySelector("[data-archive-story-form]");
  const field = (name) => document.querySelector(`[data-edit-form] [name="${name}"]`);

  const languageNow = () => {
    const choice = field("source_language");
    const shown = [...document.querySelectorAll("[data-archive-language]")].find(
      (one) => !one.closest(".w-panel")?.hidden,
    );
    return choice?.value || shown?.dataset.archiveLanguage || "";
  };

  const fill = (name, value) => {
    const input = field(name);
    if (!input) return;
    input.value = value;
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  };

  /* Gives what brings the former value back, unless somebody has written another since, and says
   * whether it did. */
  const fillIn = (name, value) => {
    const former = field(name)?.value;
    fill(name, value);
    return () => {
      const isOurs = field(name)?.value === String(value);
      if (isOurs) fill(name, former);
      return isOurs;
    };
  };

  /* What was accepted; where somebody has changed its lines since, they are in the body still. */
  const labelled = (items) => {
    const { textAccepted, textBetween, textLeft } = panel().dataset;
    const names = (all) =>
      all.map((item) => item.querySelector(".archive-found__label").textContent).join(textBetween);
    const left = items.filter((item) => "left" in item.dataset);
    const told = left.length ? ` · ${textLeft.replace("{names}", () => names(left))}` : "";
    return `${textAccepted}${names(items)}${told}`;
  };

  // Bylines: rows of Wagtail's inline panel

  const rowInputs = () => [
    ...document.querySelectorAll('#id_bylines-FORMS input[name$="-author"]'),
  ];
  const isDeleted = (input) =>
    Boolean(document.getElementById(input.id.replace(/author$/, "DELETE"))?.value);

  /* Wagtail takes the cursor and the screen to a row that is added: both stay where they are. */
  const addBlank = () => {
    const { activeElement } = document;
    document.getElementById("id_bylines-ADD")?.click();
    document.activeElement.blur();
    activeElement?.focus({ preventScroll: true });
    for (let one = document.getElementById("id_bylines-FORMS"); one; one = one.parentElement)
      one.scrollTo({ top: one.scrollTop, behavior: "instant" });
  };

  /* An author who signs in that role already has a row. */
  const addRow = ({ author, role, place, unplaced }) => {
    if (!author) return null;
    // A printed place that the archive doesn't know waits with the words that are in no field.
    const keep = () =>
      (unplaced && window.ArchiveUnplaced.add([{ text: unplaced, is_left_out: false }])) ||
      (() => {});
    const same = rowInputs().find(
      (input) =>
        !isDeleted(input) &&
        input.value === String(author.id) &&
        field(input.name.replace(/author$/, "role"))?.value === role,
    );
    if (same) return { leave: keep() };
    const blank = rowInputs().find((input) => !input.value && !isDeleted(input));
    const known = new Set(rowInputs());
    if (!blank) addBlank();
    const input = blank || rowInputs().find((one) => !known.has(one));
    const prefix = input?.id.replace(/author$/, "");
    const chooser = input && document.getElementById(`${input.id}-chooser`)?.widget;
    if (!chooser) return null;
    chooser.setState(author);
    fill(`${input.name.replace(/author$/, "")}role`, role);
    if (place) document.getElementById(`${prefix}place-chooser`)?.widget?.setState(place);
    return { prefix, leave: keep() };
  };

  const addByline = async (fields) => {
    const answer = await send(panel().dataset.bylineUrl, {
      ...fields,
      keep: "1",
      language: languageNow(),
    });
    if (answer.error) return { told: answer.error, rows: [] };
    return { told: answer.notes.join(" "), rows: answer.rows.map(addRow).filter(Boolean) };
  };

  const deleteRow = ({ prefix, leave }) => {
    leave();
    if (prefix) document.getElementById(`${prefix}DELETE-button`)?.click();
  };

  // The list of what was found

  const about = (item) => JSON.parse(item.dataset.about);

  class Found {
    /* `take(id, rest)` has a block give way, and gives what puts it back; nothing where it stays.
     * Whose cursor is elsewhere by now keeps it: what is typed there is no answer. */
    constructor(list, { take, isAwaited }) {
      this.list = list;
      this.take = take;
      this.accepted = new Set();
      // What the fields held when this was shown, or were given since: all else somebody has typed.
      this.given = new Map();
      for (const item of this.items)
        for (const name of Object.keys(about(item).values))
          this.given.set(name, field(name)?.value);
      // All that was accepted, the last one last: each step tells of it, and undoing it of the rest.
      this.taken = [];
      list.addEventListener("click", ({ target }) => this.onClick(target.closest("[data-do]")));
      list.addEventListener("keydown", (event) => this.onKey(event));
      if (!isAwaited) return;
      this.items[0]?.focus({ preventScroll: true });
      list.scrollIntoView({ block: "center", behavior: "instant" });
    }

    get items() {
      return [...this.list.querySelectorAll("[data-found]:not([hidden])")];
    }

    onClick(button) {
      if (!button) return;
      const todo = button.dataset.do;
      if (todo === "all") this.acceptAll();
      else if (todo === "close") this.close();
      else this.answer(button.closest("[data-found]"), todo);
    }

    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const item = event.target.closest("[data-found]");
      if (event.key in STEPS && item) this.step(item, STEPS[event.key]);
      // A key that is held down takes one proposal.
      else if (event.repeat && "aAr".includes(event.key)) event.preventDefault();
      else if (event.key === "a" && item) this.answer(item, "accept");
      else if (event.key === "r" && item) this.answer(item, "reject");
      else if (event.key === "A") this.acceptAll();
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
    }

    step(item, by) {
      const { items } = this;
      items[items.indexOf(item) + by]?.focus();
    }

    isTyped(item) {
      return Object.entries(about(item).values).some(([name, value]) => {
        const now = field(name)?.value;
        return now && now !== this.given.get(name) && now !== String(value);
      });
    }

    canAccept(item) {
      return !item.querySelector("[data-found-waits]") && !this.isTyped(item);
    }

    sayTyped() {
      const { textTyped } = panel().dataset;
      if (this.items.some((item) => this.isTyped(item))) this.say(textTyped);
    }

    async answer(item, todo) {
      if (todo === "accept" && !this.canAccept(item)) return this.sayTyped();
      const { items } = this;
      const next = items[items.indexOf(item) + 1] || items[items.indexOf(item) - 1];
      item.hidden = true;
      if (next) next.focus();
      else this.close();
      if (todo !== "accept") return;
      const undo = await this.accept(item);
      done(labelled(this.taken), undo);
    }

    /* Gives what undoes it: the fields' former values, the lines, the proposal itself; that says
       whether it could do so in every field. */
    async accept(item) {
      const { name, values, bylines, takes } = about(item);
      const former = Object.entries(values).map(([key, value]) => fillIn(key, value));
      for (const [key, value] of Object.entries(values)) this.given.set(key, String(value));
      const byline = bylines.length ? await addByline({ bylines: JSON.stringify(bylines) }) : null;
      this.say(byline?.told);
      // A name that is in no row is in the body.
      if (!byline || byline.rows.length === bylines.length) this.accepted.add(name);
      const whole = takes.filter((one) => one.proposals.every((of) => this.accepted.has(of)));
      const lines = whole.map((one) => this.take(one.id, one.rest)).reverse();
      const kept = whole.flatMap((one) =>
        one.left ? [{ text: one.left, is_left_out: true }] : [],
      );
      const leave = kept.length ? window.ArchiveUnplaced.add(kept) : null;
      item.toggleAttribute("data-left", lines.includes(null));
      this.taken.push(item);
      return () => {
        byline?.rows.forEach(deleteRow);
        leave?.();
        for (const putBack of lines) putBack?.();
        const areBack = former.map((putBack) => putBack());
        this.accepted.delete(name);
        this.taken = this.taken.filter((one) => one !== item);
        item.hidden = false;
        this.list.hidden = false;
        return areBack.every(Boolean);
      };
    }

    async acceptAll() {
      const items = this.items.filter((item) => this.canAccept(item));
      this.sayTyped();
      if (!items.length) return;
      for (const item of items) item.hidden = true;
      // What can't be accepted says why.
      if (this.items.length) this.items[0].focus();
      else this.close();
      const undo = [];
      for (const item of items) undo.unshift(await this.accept(item));
      done(labelled(this.taken), () => undo.map((one) => one()).every(Boolean));
    }

    say(words) {
      if (words) panel().querySelector("[data-form-notes]").textContent = words;
    }

    /* No field takes the keys: one pressed once more would be written into it. */
    close() {
      this.list.hidden = true;
      panel().focus({ preventScroll: true });
    }
  }

  const show = (html, options) => {
    const list = panel().querySelector("[data-form-found]").cloneNode(false);
    panel().querySelector("[data-form-found]").replaceWith(list);
    panel().querySelector("[data-form-notes]").textContent = "";
    list.innerHTML = html;
    list.hidden = false;
    new Found(list, options);
    return () => {
      list.hidden = true;
    };
  };

  // The byline that is typed

  const followByline = () => {
    const input = document.querySelector("[data-byline-input]");
    const shown = document.querySelector("[data-byline-shown]");
    if (!input || !shown) return;
    let timer = 0;
    let asked = 0;
    let taken = "";
    const look = async () => {
      const text = input.value.trim();
      asked += 1;
      const turn = asked;
      const answer = text
        ? await send(panel().dataset.bylineUrl, { text, language: languageNow() })
        : { html: "" };
      if (turn === asked) shown.innerHTML = answer.html || "";
      if (turn === asked && answer.error) shown.textContent = answer.error;
    };
    input.addEventListener("input", ({ isTrusted }) => {
      // What is written in by a proposal brings its rows along.
      if (!isTrusted) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(look, PAUSE_MS);
    });
    const take = async () => {
      const text = input.value.trim();
      if (!text) return;
      window.clearTimeout(timer);
      asked += 1;
      taken = text;
      shown.textContent = (await addByline({ text })).told;
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      // It would send the form.
      event.preventDefault();
      take();
    });
    // Who goes on by Tab or the mouse has said enough, too.
    input.addEventListener("change", ({ isTrusted }) => {
      if (isTrusted && input.value.trim() !== taken) take();
    });
  };

  window.ArchiveFound = { show };
  if (document.readyState === "loading")
    document.addEventListener("DOMContentLoaded", followByline);
  else followByline();
})();
