/* The changes that the server doesn't have yet, kept in this browser: of the translators' desk by
 * segment, of a story's form as a whole.
 *
 * In IndexedDB, for a browser that is killed takes with it what it wrote into `localStorage` during
 * the last seconds, at times a minute: words would be gone, and older ones that the server has had
 * since would be there again.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const STORE = "kept";

  const open = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("archive-desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "name" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  let opened = null;

  /* Whether it is on the disk; what is asked for is done in order. */
  const write = async (act) => {
    try {
      opened ||= open();
      const base = await opened;
      await new Promise((resolve, reject) => {
        const work = base.transaction(STORE, "readwrite", { durability: "strict" });
        work.oncomplete = resolve;
        work.onabort = () => reject(work.error);
        act(work.objectStore(STORE));
        // A page that is being left takes part no further.
        work.commit();
      });
      return true;
    } catch {
      return false;
    }
  };

  /* {name, …} by its name. */
  desk.kept = {
    put: (entry) => write((store) => store.put(entry)),
    drop: (name) => write((store) => store.delete(name)),

    /* All whose names begin so; none where the browser keeps nothing. */
    async under(prefix) {
      try {
        opened ||= open();
        const base = await opened;
        return await new Promise((resolve, reject) => {
          const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
          const asked = base.transaction(STORE).objectStore(STORE).getAll(range);
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error);
        });
      } catch {
        return [];
      }
    },
  };

  // Draft.js takes what was composed out of the page a while after its end.
  const TAKEN_MS = 80;
  let composed = null;
  for (const kind of ["compositionstart", "compositionupdate", "compositionend"])
    document.addEventListener(
      kind,
      ({ target, data }) => {
        const one = { target, letters: data };
        composed = one;
        const end = () => {
          if (composed === one) composed = null;
        };
        if (kind === "compositionend") window.setTimeout(end, target.isContentEditable && TAKEN_MS);
      },
      true,
    );

  /* The letters of an input method in that element that its texts don't hold yet. */
  desk.composedIn = (element) =>
    composed?.target.isConnected && element.contains(composed.target) ? composed.letters : "";

  // What differs between two texts

  // More comparisons than this take a second: then all is gone and all is new.
  const MOST_COMPARED = 4_000_000;
  const segmenter = window.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });
  const wordsIn = (text) =>
    segmenter
      ? [...segmenter.segment(text)].map(({ segment }) => segment)
      : text.match(/[\p{Script=Latin}\p{N}]+|./gsu) || [];

  /* [kind, item] for each item of two lists: "gone" from the first, "new" in the second, or "same". */
  const compare = (before, after) => {
    const least = Math.min(before.length, after.length);
    let start = 0;
    while (start < least && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
    const [gone, added] = [before, after].map((all) => all.slice(start, all.length - end));
    const all = before.slice(0, start).map((item) => ["same", item]);
    const width = added.length + 1;
    const isShort = gone.length * added.length < MOST_COMPARED;
    const common = new Uint32Array(isShort ? (gone.length + 1) * width : 0);
    for (let i = gone.length - 1; isShort && i >= 0; i -= 1)
      for (let j = added.length - 1; j >= 0; j -= 1)
        common[i * width + j] =
          gone[i] === added[j]
            ? common[(i + 1) * width + j + 1] + 1
            : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    let [i, j] = [0, 0];
    while (i < gone.length || j < added.length) {
      const isSame = isShort && i < gone.length && gone[i] === added[j];
      const isGone =
        j === added.length ||
        (i < gone.length && (!isShort || common[(i + 1) * width + j] >= common[i * width + j + 1]));
      if (isSame) all.push(["same", gone[i]]);
      else if (isGone) all.push(["gone", gone[i]]);
      else all.push(["new", added[j]]);
      if (isSame || isGone) i += 1;
      if (isSame || !isGone) j += 1;
    }
    return [...all, ...before.slice(before.length - end).map((item) => ["same", item])];
  };

  const runsOf = (changes, between) => {
    const runs = [];
    for (const [kind, item] of changes) {
      if (runs.at(-1)?.kind === kind) runs.at(-1).text += between + item;
      else runs.push({ kind, text: item });
    }
    return runs;
  };

  const TAGS = { gone: "del", new: "ins" };
  /* The whole of a text, with what differs from another one, word by word: an array of nodes. */
  const marked = (before, after) =>
    runsOf(compare(wordsIn(before), wordsIn(after)), "").map(({ kind, text }) => {
      if (!TAGS[kind]) return text;
      const part = document.createElement(TAGS[kind]);
      part.textContent = text;
      return part;
    });

  /* Where a text differs from another, word by word: an array of nodes for each changed passage. */
  desk.changesOf = (before, after) => {
    const lines = compare(before.split("\n"), after.split("\n"));
    const passages = [];
    let isOpen = false;
    for (const [kind, line] of lines) {
      if (kind !== "same" && !isOpen) passages.push({ gone: [], new: [] });
      isOpen = kind !== "same";
      if (isOpen) passages.at(-1)[kind].push(line);
    }
    return passages.map((one) => marked(one.gone.join("\n"), one.new.join("\n")));
  };

  desk.compared = marked;

  /* Keyed by person, translation or story, window and segment: no two pages overwrite each other's. */
  class Outbox {
    constructor(translation, user) {
      this.prefix = `archive-desk:${user}:${translation}:`;
      this.own = `${this.prefix}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}:`;
    }

    /* Whether the browser could keep it. */
    keep(change) {
      return desk.kept.put({ name: this.own + change.key, change: { ...change, at: Date.now() } });
    }

    forget(key) {
      return this.drop(this.own + key);
    }

    /* What other pages of this person left here, oldest first: [{name, change}]. */
    async left() {
      const left = await desk.kept.under(this.prefix);
      return left.sort((one, other) => one.change.at - other.change.at);
    }

    drop(name) {
      return desk.kept.drop(name);
    }
  }

  desk.Outbox = Outbox;
})();
