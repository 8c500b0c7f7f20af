// The page of the reader's collections: lists them, cites them, and takes them out of and into
// files. What is kept, `collections.js` knows.
(() => {
  "use strict";

  const LARGEST = 5_000_000;
  const page = document.querySelector("[data-collections]");
  const store = window.ArchiveCollections;
  if (!page || !store) return;
  const words = page.dataset;
  const shapes = {
    collection: document.getElementById("collection"),
    collected: document.getElementById("collected"),
  };

  const fill = (text, values) =>
    Object.entries(values).reduce(
      (all, [name, value]) => all.replace(`{${name}}`, () => value),
      text,
    );

  function say(text) {
    page.querySelector(".collections-say").textContent = text;
  }

  const today = () => new Date().toLocaleDateString("sv");

  function download(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    // Browsers take it up in their own time.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // Lists

  function permanent(item) {
    const address = words.permanent.replace("/0/0/", `/${item.story}/${item.language}/`);
    return item.paragraph ? `${address}#${item.paragraph}` : address;
  }

  function shown(item, name) {
    const line = shapes.collected.content.cloneNode(true).firstElementChild;
    const [link, address] = line.querySelectorAll("a");
    const text = line.querySelector("blockquote");
    const note = line.querySelector(".collected-note");
    link.textContent = item.headline;
    link.href = item.paragraph ? `${item.address}#${item.paragraph}` : item.address;
    text.textContent = item.text;
    text.hidden = !item.text;
    for (const place of [link, text]) place.lang = item.lang;
    note.textContent = item.note;
    note.hidden = !item.note;
    line.querySelector(".collected-facts span").textContent = item.source;
    address.href = permanent(item);
    line.querySelector("[data-do]").addEventListener("click", () => store.edit(item, name));
    return line;
  }

  function section(collection) {
    const part = shapes.collection.content.cloneNode(true).firstElementChild;
    part.querySelector("h3 span").textContent = collection.name;
    part.querySelector("h3 small b").textContent = String(collection.items.length);
    part.querySelector("ul").append(...collection.items.map((one) => shown(one, collection.name)));
    listen(part, () => store.read().filter(({ name }) => name === collection.name));
    part.querySelector(".collections-cite").hidden = collection.items.length === 0;
    part.querySelector("[data-do=rename]").addEventListener("click", () => rename(collection.name));
    part.querySelector("[data-do=delete]").addEventListener("click", () => remove(collection.name));
    return part;
  }

  function render() {
    const collections = store.read();
    page.querySelector(".collection-list").replaceChildren(...collections.map(section));
    page.querySelector(".nothing").hidden = collections.length > 0;
    page.querySelector(".collections-all [data-do=export]").hidden = collections.length === 0;
    page.querySelector(".collections-all .collections-cite").hidden = collections.length < 2;
    page.hidden = false;
  }

  function rename(name) {
    const wanted = store.tidy((prompt(words.rename, name) ?? "").slice(0, 100));
    if (!wanted || wanted === name) return;
    if (store.named(store.read(), wanted)) return say(words.taken);
    store.change((collections) => {
      store.named(collections, name).name = wanted;
    });
  }

  function remove(name) {
    if (!confirm(fill(words.delete, { name }))) return;
    store.change((collections) => {
      collections.splice(collections.indexOf(store.named(collections, name)), 1);
    });
    page.querySelector(".nothing").focus();
  }

  // Files

  function exported(collections) {
    const file = {
      ...store.asFile(collections),
      site: location.origin,
      made: new Date().toISOString(),
    };
    // Permanent addresses, for people and other programs.
    file.collections = collections.map(({ name, items }) => ({
      name,
      items: items.map((item) => ({ ...item, url: new URL(permanent(item), location.origin) })),
    }));
    const text = `${JSON.stringify(file, null, 2)}\n`;
    download(new Blob([text], { type: "application/json" }), `collections-${today()}.json`);
  }

  function refuse(fault) {
    const reason = fill(words[fault.reason], { ...fault, number: String(fault.number) });
    say(fill(words.refused, { reason }));
  }

  async function take(file) {
    if (file.size > LARGEST) return refuse({ reason: "tooLarge" });
    let found;
    try {
      found = JSON.parse(await file.text());
    } catch {
      return refuse({ reason: "notJson" });
    }
    const fault = store.fault(found);
    if (fault) return refuse(fault);
    const { site } = found;
    const isElsewhere = typeof site === "string" && site !== location.origin;
    if (isElsewhere && !confirm(fill(words.elsewhere, { site }))) return;
    let counts;
    const isDone = store.change((collections) => {
      counts = store.merge(collections, found.collections);
    });
    say(isDone ? fill(words.merged, counts) : document.getElementById("collect").dataset.full);
  }

  // Citations

  async function cite(collections, { cite, extension }) {
    const items = collections.flatMap((one) => one.items);
    const stories = new Set(items.map(({ story, language }) => `${story}/${language}`));
    const body = new URLSearchParams({ format: cite, stories: [...stories].join(" ") });
    let answer;
    try {
      answer = await fetch(words.collections, { method: "POST", body });
    } catch {
      return say(words.uncited);
    }
    // Too many: the answer says how many may be asked for.
    if (!answer.ok) return say(answer.status === 400 ? await answer.text() : words.uncited);
    download(await answer.blob(), `citations-${today()}.${extension}`);
    const cited = answer.headers.get("Archive-Cited");
    const all = String(stories.size);
    say(cited === all ? "" : fill(words.cited, { cited, all }));
  }

  // The buttons of one collection, or of all.
  function listen(place, chosen) {
    for (const button of place.querySelectorAll("[data-cite]")) {
      button.addEventListener("click", () => cite(chosen(), button.dataset));
    }
    place.querySelector("[data-do=export]").addEventListener("click", () => exported(chosen()));
  }

  listen(page.querySelector(".collections-all"), store.read);
  page.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (file) take(file);
  });
  document.addEventListener("archive-collections", render);
  // Another tab has changed them.
  addEventListener("storage", render);
  render();
})();
