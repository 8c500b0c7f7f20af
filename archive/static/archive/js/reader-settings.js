// The reader's settings: a panel in the masthead, Pinyin above Chinese names, the day on a printed page.
(() => {
  "use strict";

  const KEY = "archive-reader";
  const NAMES = ["text", "spacing", "theme", "pinyin"];
  const root = document.documentElement;

  // Pinyin. A link says how its characters read: data-reading="湛zhàn 江jiāng". The syllables are
  // drawn by CSS, so they are neither found, nor selected, nor copied.

  function annotate(link) {
    const readings = new Map(
      link.dataset.reading.split(" ").map((pair) => [[...pair][0], [...pair].slice(1).join("")]),
    );
    const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
      if (![...text.data].some((character) => readings.has(character))) continue;
      const ruby = document.createElement("ruby");
      for (const character of text.data) {
        const rt = document.createElement("rt");
        rt.dataset.syllable = readings.get(character) ?? "";
        rt.setAttribute("aria-hidden", "true");
        ruby.append(character, rt);
      }
      text.replaceWith(ruby);
    }
  }

  function strip(link) {
    for (const ruby of link.querySelectorAll("ruby")) ruby.replaceWith(ruby.textContent);
    link.normalize();
  }

  function showPinyin(isOn) {
    for (const link of document.querySelectorAll("[data-reading]")) {
      strip(link);
      if (isOn) annotate(link);
    }
    root.dataset.pinyinShown = "";
  }

  // Settings.

  const colours = [...document.querySelectorAll("meta[name=theme-color]")].map((meta) => [
    meta,
    meta.content,
  ]);

  function tintBrowser() {
    const forced = root.dataset.theme && getComputedStyle(root).backgroundColor;
    for (const [meta, own] of colours) meta.content = forced || own;
  }

  function apply(settings) {
    const { pinyin } = root.dataset;
    for (const name of NAMES) {
      if (settings[name]) root.dataset[name] = settings[name];
      else delete root.dataset[name];
    }
    if (pinyin !== root.dataset.pinyin) showPinyin(Boolean(settings.pinyin));
    tintBrowser();
    document.dispatchEvent(new Event("reader-settings"));
  }

  function keep(settings) {
    try {
      localStorage.setItem(KEY, JSON.stringify(settings));
    } catch {
      // Not kept, but in force on this page.
    }
  }

  function show(form) {
    for (const name of NAMES) {
      for (const box of form.querySelectorAll(`[name=${name}]`)) {
        box.checked = box.value === (root.dataset[name] ?? "");
      }
    }
  }

  function build(place, template) {
    place.append(template.content.cloneNode(true));
    const form = place.querySelector("form");
    const change = () => {
      const settings = Object.fromEntries(new FormData(form));
      apply(settings);
      keep(settings);
    };
    show(form);
    form.addEventListener("change", change);
    form.addEventListener("reset", (event) => {
      // What is checked in the page's source needn't be what this reader began with.
      event.preventDefault();
      apply({});
      keep({});
      show(form);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      apply(JSON.parse(event.newValue) ?? {});
      show(form);
    });
  }

  function dateThePrint() {
    for (const foot of document.querySelectorAll("[data-read-on]")) {
      const line = foot.querySelector(".read-on") ?? document.createElement("p");
      const label = document.createElement("b");
      label.textContent = foot.dataset.readOn;
      // As the page's other dates: 22 September 2015.
      const locale = root.lang === "en" ? "en-GB" : root.lang;
      const today = new Date().toLocaleDateString(locale, { dateStyle: "long" });
      line.className = "read-on";
      line.replaceChildren(label, " ", today);
      foot.append(line);
    }
  }

  const place = document.querySelector("[data-reader-settings]");
  const template = document.getElementById("reader-settings");
  if (place && template && "popover" in HTMLElement.prototype) build(place, template);
  if (root.dataset.pinyin) showPinyin(true);
  if (root.dataset.theme) tintBrowser();
  window.addEventListener("beforeprint", dateThePrint);
})();
