// The reader's own collections of stories and passages, kept in this browser: the form that puts
// something into one, and the story page's way to it. The page that lists them has a script of its
// own, which works with `ArchiveCollections`.
(() => {
  "use strict";

  const KEY = "archive-collections";
  const LAST = "archive-collections-last";
  const FORMAT = "archive-collections";
  const VERSION = 1;
  // What an entry must have, and what its values may be; `true` for any text.
  const FIELDS = {
    story: /^[0-9a-z]{2,13}$/,
    language: /^[a-z-]{2,20}$/,
    lang: /^[A-Za-z-]{2,20}$/,
    headline: /\S/,
    // Only a place on this very site.
    address: /^\/(?!\/)[^\\]*$/,
    paragraph: /^[\w-]*$/,
    text: true,
    source: true,
    note: true,
    saved: true,
  };
  const LONGEST = 5000;
  // Notes on one entry from several files are put together.
  const LONGEST_NOTE = 100_000;
  const SAID_MS = 6000;

  const template = document.getElementById("collect");
  if (!template) return;
  const words = template.dataset;

  // The store

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isName = (name) => typeof name === "string" && /\S/.test(name) && name.length <= 100;

  // The name of the field that isn't as it must be; undefined for a sound entry.
  function wrongField(item) {
    if (!isObject(item)) return "story";
    return Object.keys(FIELDS).find((name) => {
      const value = item[name];
      const longest = name === "note" ? LONGEST_NOTE : LONGEST;
      if (typeof value !== "string" || value.length > longest) return true;
      return FIELDS[name] !== true && !FIELDS[name].test(value);
    });
  }

  // What is wrong with collections from a file: the name of a message, and what it is about.
  function fault(found) {
    if (!isObject(found) || found.format !== FORMAT || !Array.isArray(found.collections)) {
      return { reason: "notOurs" };
    }
    if (found.version !== VERSION) {
      return { reason: found.version > VERSION ? "newer" : "notOurs" };
    }
    for (const one of found.collections) {
      if (!isObject(one) || !isName(one.name) || !Array.isArray(one.items)) {
        return { reason: "notOurs" };
      }
      for (const [index, item] of one.items.entries()) {
        const field = wrongField(item);
        if (field) return { reason: "wrong", name: one.name, number: index + 1, field };
      }
    }
    return undefined;
  }

  // What is stored, as far as this program can read it.
  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      if (found && !fault(found)) return found.collections;
    } catch {
      // Storage is closed to this page, or holds something else.
    }
    return [];
  }

  // What can't be read, perhaps of a newer program, is put aside and not written over.
  function setAside() {
    const stored = localStorage.getItem(KEY);
    if (stored && stored !== JSON.stringify(asFile(read())))
      localStorage.setItem(`${KEY}-unread`, stored);
  }

  // False where the browser has no room.
  function write(collections) {
    try {
      setAside();
      localStorage.setItem(KEY, JSON.stringify(asFile(collections)));
      return true;
    } catch {
      return false;
    }
  }

  const asFile = (collections) => ({ format: FORMAT, version: VERSION, collections });
  const named = (collections, name) => collections.find((one) => one.name === name);
  const tidy = (name) => name.normalize("NFC").trim().replace(/\s+/g, " ");

  // The same words of the same paragraph are one entry.
  const sameAs = (item) => (one) =>
    ["story", "language", "paragraph", "text"].every((name) => one[name] === item[name]);

  function collectionOf(collections, name) {
    const found = named(collections, name) ?? { name, items: [] };
    if (!collections.includes(found)) collections.push(found);
    return found;
  }

  // Adds what is new; of two notes on one entry, both stay.
  function merge(collections, further) {
    const counts = { added: 0, same: 0 };
    for (const { name, items } of further) {
      const own = collectionOf(collections, tidy(name));
      for (const item of items) {
        const here = own.items.find(sameAs(item));
        if (here) {
          counts.same += 1;
          if (!here.note.includes(item.note)) {
            here.note = item.note.includes(here.note) ? item.note : `${here.note}\n\n${item.note}`;
          }
        } else {
          counts.added += 1;
          own.items.push(Object.fromEntries(Object.keys(FIELDS).map((key) => [key, item[key]])));
        }
      }
    }
    return counts;
  }

  // The worker keeps what is collected for when there is no connection.
  function tellWorker(message) {
    navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(message));
  }

  const addressesOf = (collections) =>
    new Set(collections.flatMap(({ items }) => items.map(({ address }) => address)));

  // Writes what has become of `before`; copies of what is in no collection any more go.
  function change(alter) {
    const collections = read();
    const before = addressesOf(collections);
    alter(collections);
    if (!write(collections)) return false;
    const after = addressesOf(collections);
    const dropped = [...before].filter((address) => !after.has(address));
    if (dropped.length) tellWorker({ dropped });
    document.dispatchEvent(new Event("archive-collections"));
    return true;
  }

  // The form

  document.body.append(template.content);
  const dialog = document.querySelector("dialog.collect");
  const said = document.querySelector(".collect-said");
  const form = dialog.querySelector("form");

  function last() {
    try {
      return localStorage.getItem(LAST) || words.first;
    } catch {
      return words.first;
    }
  }

  let silence;
  function say(text) {
    clearTimeout(silence);
    said.querySelector("span").textContent = text;
    said.querySelector("a").hidden = !text;
    if (text) silence = setTimeout(say, SAID_MS, "");
  }

  // Puts an entry into a collection, or changes it there: `from` is the collection that it is in.
  function edit(item, from = "") {
    const names = read().map(({ name }) => new Option(name, name));
    dialog.querySelector("datalist").replaceChildren(...names);
    const headline = dialog.querySelector(".collect-headline");
    const text = dialog.querySelector(".collect-text");
    for (const place of [headline, text]) place.lang = item.lang;
    headline.textContent = item.headline;
    text.textContent = item.text;
    text.hidden = !item.text;
    form.elements.name.value = from || last();
    form.elements.note.value = item.note;
    form.querySelector("[value=remove]").hidden = !from;
    dialog.returnValue = "";
    dialog.onclose = () => settle(item, from);
    dialog.showModal();
  }

  function settle(item, from) {
    const { returnValue } = dialog;
    if (returnValue !== "save" && returnValue !== "remove") return;
    const name = tidy(form.elements.name.value);
    const note = form.elements.note.value.trim();
    const isDone = change((collections) => {
      const old = named(collections, from);
      const here = old?.items.find(sameAs(item));
      if (here && returnValue === "save" && name === from) {
        here.note = note;
        return;
      }
      if (here) old.items.splice(old.items.indexOf(here), 1);
      if (returnValue === "save" && name)
        merge(collections, [{ name, items: [{ ...item, note }] }]);
    });
    if (!isDone) return alert(words.full);
    if (returnValue === "remove" || !name) return;
    say(words.done.replace("{name}", () => name));
    tellWorker({ collected: [item.address] });
    try {
      localStorage.setItem(LAST, name);
    } catch {
      // The next one is put into the first collection.
    }
  }

  window.ArchiveCollections = { asFile, change, edit, fault, merge, named, read, sameAs, tidy };

  // The story page

  const button = document.querySelector("[data-collect]");
  if (!button) return;
  const texts = (place) => place?.textContent.trim().replace(/\s+/g, " ") ?? "";
  const headline = document.getElementById("headline");

  // `url` is the permanent address of the text, and of the paragraph if there is one.
  function entry(url, lang, text) {
    const { pathname, hash } = new URL(url);
    const [story, language] = pathname.split("/").filter(Boolean).slice(-2);
    const isOther = lang !== (headline.lang || document.documentElement.lang);
    const other = document.querySelector(".other-headline");
    const way = document.querySelector(`.languages a[hreflang="${lang}"]`);
    return {
      story,
      language,
      lang,
      headline: texts((isOther && other) || headline),
      address: isOther && way ? new URL(way.href).pathname : location.pathname,
      paragraph: hash.slice(1),
      text: text.slice(0, LONGEST),
      source: texts(document.querySelector(".citation cite")),
      note: "",
      saved: new Date().toISOString(),
    };
  }

  // As it is in a collection already, or else as it is here.
  function editHere(item) {
    const from = read().find(({ items }) => items.some(sameAs(item)));
    edit(from?.items.find(sameAs(item)) ?? item, from?.name);
  }

  const story = () =>
    entry(
      document.getElementById("permalink").href,
      headline.lang || document.documentElement.lang,
      "",
    );

  function show() {
    const isSaved = read().some(({ items }) => items.some(sameAs(story())));
    button.textContent = isSaved ? button.dataset.saved : button.dataset.collect;
  }

  button.hidden = false;
  button.addEventListener("click", () => editHere(story()));
  document.addEventListener("archive-collections", show);
  document.addEventListener("archive-passage", ({ detail }) =>
    editHere(entry(detail.url, detail.lang, detail.text)),
  );
  show();
  // What came by a file has no copy yet.
  if (addressesOf(read()).has(location.pathname)) tellWorker({ collected: [location.pathname] });
})();
