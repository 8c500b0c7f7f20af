/* What is typed into a story's form and isn't stored yet is kept in this browser, as the desk keeps
 * its segments; the form offers it when it is opened again. */
(() => {
  "use strict";

  const { Outbox, changesOf, composedIn } = window.ArchiveDesk;
  const KEY = "form";
  const NEW = "archive-story-sent";
  const FACTS = ["contact", "rights", "rights_statement", "source_url", "print_page", "unplaced"];
  const NO_TEXTS = /-(type|id|order|deleted|count)$/;
  // Draftail hands its text over a quarter of a second after the last key.
  const PAUSE_MS = 300;
  const DATE_AND_TIME = {
    ...{ year: "numeric", month: "long", day: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" },
  };

  const panel = () => document.querySelector("[data-archive-story-form]");
  const form = () => document.querySelector("[data-edit-form]");
  const place = () => panel().querySelector("[data-form-kept]");

  // What the form holds by the last answer of the server; null before the first key.
  let saved = null;
  let sent = null;
  let outbox = null;
  let isWatched = false;
  let isNew = false;
  // The words that the form was submitted with.
  let submitted = null;

  const entries = () => [...new FormData(form())].filter(([, value]) => typeof value === "string");

  /* What a person reads of a value: an editor's text, a table's cells, texts that aren't placed. */
  const textOf = (value) => {
    let said;
    try {
      said = JSON.parse(value);
    } catch {
      return value;
    }
    // An empty text of the editor's is null.
    if (said === null) return "";
    const isList = Array.isArray(said) && said.every((one) => typeof one?.text === "string");
    const texts = isList ? said : said.blocks;
    const lines =
      texts?.map(({ text }) => text) ??
      said.data?.map((row) => row.filter((cell) => cell?.trim()).join(" · ")).filter(Boolean);
    return lines ? lines.join("\n") : value;
  };

  /* "body_en" of "body_en-3-value": what was kept may have more blocks than the form has now. */
  const fieldNameOf = (name) => name.split("-")[0];

  const wordsOf = (data) => {
    const inputs = form().querySelectorAll("[data-archive-language] :is(input, textarea)[name]");
    const texts = new Set([...FACTS, ...[...inputs].map(({ name }) => fieldNameOf(name))]);
    // A deleted block is sent with its words, and is in no version.
    const gone = data
      .filter(([name, value]) => name.endsWith("-deleted") && value)
      .map(([name]) => name.replace(/deleted$/, ""));
    return data
      .filter(([name]) => texts.has(fieldNameOf(name)) && !NO_TEXTS.test(name))
      .filter(([name]) => !gone.some((block) => name.startsWith(block)))
      .map(([, value]) => textOf(value).trim())
      .filter(Boolean)
      .join("\n");
  };

  const fieldOf = (data, name) => data.find(([one]) => one === name)?.[1] || "";
  const versionOf = (data) =>
    `${fieldOf(data, "loaded_revision_id")}@${fieldOf(data, "loaded_revision_created_at")}`;

  /* The person's newest stories as the server knew them when it made the form: key and headlines. */
  const made = () => JSON.parse(panel().dataset.made || "[]");
  const newest = () => Math.max(0, ...made().map(([pk]) => pk));

  const open = (story) => {
    outbox = new Outbox(`story-${story}`, panel().dataset.user);
  };

  // Keeping

  /* What was submitted stays so, whatever happens until the answer has come, unless more is typed. */
  const keep = () => {
    if (!saved) return;
    const data = entries();
    const words = wordsOf(data);
    const isSent = words === submitted;
    // A plain input's value has them.
    const isPlain = document.activeElement?.matches("input, textarea");
    const composed = isPlain ? "" : composedIn(form());
    const change = { target: JSON.stringify(data), isSent, composed, newest: newest() };
    if (words === wordsOf(saved) && !composed) outbox.forget(KEY);
    else outbox.keep({ key: KEY, ...change });
  };

  // A form that was refused comes with words that nobody has stored.
  const isRefused = () => form().dataset.wUnsavedForceValue === "true";

  const begin = () => {
    saved ||= isRefused() ? [] : entries();
  };

  let timer = 0;
  let isBehind = false;
  const keepSoon = () => {
    isBehind = Boolean(timer);
    if (!saved || timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      keep();
      if (isBehind) keepSoon();
    }, PAUSE_MS);
  };

  /* Editors that haven't handed over their last words. An untouched one keeps what the server gave:
   * the same text in another notation would be taken for a change. */
  const settle = () => {
    for (const input of form().querySelectorAll("input:not([data-archive-waiting])")) {
      const content = input.draftailEditor?.getEditorState().getCurrentContent();
      if (content && content.getPlainText("\n") !== textOf(input.value))
        window.ArchiveStoryEditors.store(input);
    }
  };

  /* The page is being left, or may be: there is no later moment. */
  const leave = () => {
    if (!saved) return;
    settle();
    keep();
  };

  const onSaved = ({ detail }) => {
    const pk = detail?.data?.pk;
    if (pk && `${pk}` !== panel().dataset.story) {
      outbox.forget(KEY);
      panel().dataset.story = pk;
      open(pk);
    }
    saved = sent || entries();
    keep();
  };

  /* Wagtail knows of no reason but its server's: the person's own session may be over. */
  const onSubmit = ({ target, defaultPrevented }) => {
    if (target !== form() || defaultPrevented) return;
    submitted = wordsOf(entries());
    keep();
    if (!panel().dataset.story) sessionStorage.setItem(NEW, location.pathname);
  };

  // Offering

  /* Beside what the server has: the words that differ, and what an input method was composing. */
  const offer = ({ name, change }, now) => {
    const data = JSON.parse(change.target);
    const box = place().querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (what) => box.querySelector(`[data-kept-${what}]`);
    // A new story has no saved text, and what stands in its form may be another one.
    const [before, after] = [isNew ? [] : now, data].map(wordsOf);
    // By the clock of the form's other times, whatever zone the browser is in.
    part("at").textContent = new Date(change.at).toLocaleString(
      document.documentElement.lang || undefined,
      { ...DATE_AND_TIME, timeZone: panel().dataset.zone },
    );
    const passages = before ? changesOf(before, after) : [[after]];
    for (const nodes of passages) {
      const line = document.createElement("p");
      line.append(...nodes);
      part("words").append(line);
    }
    part("marks").hidden = !before || !passages.length;
    part("half").hidden = !change.composed;
    part("letters").textContent = change.composed;
    part("save").hidden = !passages.length;
    box.querySelector("[data-kept-save]").addEventListener("click", () => send(data));
    box.querySelector("[data-kept-drop]").addEventListener("click", () => {
      outbox.drop(name);
      box.remove();
    });
    place().append(box);
  };

  /* As the form that they were typed into would be sent: what is newer by now is asked about. */
  const send = async (data) => {
    const trouble = await window.ArchiveSession?.renew(panel().dataset.user);
    if (trouble) {
      window.ArchiveSession.say(trouble);
      return;
    }
    const copy = document.createElement("form");
    copy.method = "post";
    copy.action = form().action;
    copy.hidden = true;
    const token = fieldOf(entries(), "csrfmiddlewaretoken");
    for (const [name, value] of data) {
      const input = document.createElement("textarea");
      input.name = name;
      input.value = name === "csrfmiddlewaretoken" ? token : value;
      copy.append(input);
    }
    document.body.append(copy);
    copy.submit();
  };

  const isStored = ({ isSent, target, composed, newest: before = 0 }, now) => {
    const data = JSON.parse(target);
    const words = wordsOf(data);
    if (!words || words === wordsOf(now)) return !composed;
    if (!isSent) return false;
    // It was sent, and there is a newer version: it is in that.
    if (panel().dataset.story) return versionOf(data) !== versionOf(now);
    // Or it is a story that was made since: publishing leads elsewhere than to its form.
    const said = data
      .filter(([name]) => name.startsWith("headline"))
      .map(([, text]) => text.trim());
    return made().some(
      ([pk, ...headlines]) => pk > before && headlines.some((text) => text && said.includes(text)),
    );
  };

  const watch = async () => {
    if (isWatched || !panel()) return;
    isWatched = true;
    const shown = entries();
    begin();
    for (const one of await outbox.left()) {
      if (one.name.startsWith(outbox.own)) continue;
      if (isStored(one.change, shown)) outbox.drop(one.name);
      else offer(one, shown);
    }
  };

  const start = () => {
    if (!panel() || !form()) return;
    const { story, user } = panel().dataset;
    isNew = !story;
    const before = sessionStorage.getItem(NEW);
    if (before && story) {
      const made = new Outbox(`story-new:${before}`, user);
      made.left().then((left) => {
        for (const { name, change } of left) if (change.isSent) made.drop(name);
      });
      sessionStorage.removeItem(NEW);
    }
    open(story || `new:${location.pathname}`);
    // Opened by now, the browser's storage takes words from a page that is being left.
    outbox.left();
    document.addEventListener("w-unsaved:watch-edits", watch);
    document.addEventListener("w-autosave:save", ({ detail }) => {
      sent = [...detail.formData].filter(([, value]) => typeof value === "string");
    });
    document.addEventListener("w-autosave:success", onSaved);
    document.addEventListener("w-autosave:error", () => keep());
    document.addEventListener("submit", onSubmit);
    for (const name of ["input", "change", "click", "keyup", "w-unsaved:add"])
      document.addEventListener(name, keepSoon, true);
    // Before the first words are in the form.
    for (const name of ["keydown", "beforeinput", "paste", "drop"])
      document.addEventListener(name, begin, { capture: true, once: true });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") leave();
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
