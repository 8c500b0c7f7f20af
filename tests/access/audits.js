// What a page must keep to, asked of the page itself: each audit returns what it found wrong.
window.audits = (() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const TARGETS =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option], [tabindex="0"]';
  const HAN = /\p{Script=Han}/u;
  // Two words or more in lower case somewhere: a sentence, a heading, a name of several words.
  const ENGLISH = /[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/;
  // Names of formats and licences, the same in every language.
  const INTERNATIONAL = /JSON (?:Feed|Lines)|CC BY [\d.]+|China Daily/g;

  const isSeen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0;
  };
  const named = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || "").trim();
    return `<${element.localName} class="${element.className}"> ${words.replace(/\s+/g, " ").slice(0, 50)}`;
  };
  const languageOf = (element) => element.closest("[lang]")?.getAttribute("lang") || "";

  function speaks(language, words) {
    const chinese = language.startsWith("zh") && !language.includes("Latn");
    if (HAN.test(words)) return chinese || language.startsWith("ja");
    return !(chinese && ENGLISH.test(words.replace(INTERNATIONAL, "")));
  }

  function languages() {
    const wrong = [];
    const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: parent, data } = texts.currentNode;
      // A title can hold no parts; names in it may be in any language.
      if (parent.closest("script, style, template, code, noscript, title")) continue;
      const words = data.trim();
      if (words && !speaks(languageOf(parent), words))
        wrong.push(`${languageOf(parent)}: ${words.slice(0, 60)}`);
    }
    for (const name of ["alt", "aria-label", "title", "placeholder"]) {
      for (const element of all(`[${name}]`)) {
        if (element.localName === "link") continue;
        const words = element.getAttribute(name);
        if (!speaks(languageOf(element), words))
          wrong.push(`${languageOf(element)} ${name}: ${words}`);
      }
    }
    return wrong;
  }

  function headings() {
    const found = all("h1, h2, h3, h4, h5, h6").filter((one) => one.checkVisibility());
    const wrong = [];
    if (found.filter((one) => one.localName === "h1").length !== 1) wrong.push("not one h1");
    let above = 0;
    for (const one of found) {
      const level = Number(one.localName[1]);
      if (level > above + 1) wrong.push(`h${above} to ${named(one)}`);
      if (!one.textContent.trim()) wrong.push(`empty ${one.localName}`);
      above = level;
    }
    return wrong;
  }

  function landmarks() {
    const wrong = [];
    const body = document.body;
    for (const selector of ["header", "main", "footer"]) {
      const count = [...body.children].filter((one) => one.matches(selector)).length;
      if (count !== 1) wrong.push(`${count} × ${selector}`);
    }
    const names = all("nav, form[role=search]")
      .filter(isSeen)
      .map((one) => {
        const by = one.getAttribute("aria-labelledby");
        return (
          one.getAttribute("aria-label") || (by && document.getElementById(by)?.textContent) || ""
        );
      });
    for (const name of new Set(names)) {
      const count = names.filter((one) => one === name && name).length;
      if (count > 1) wrong.push(`${count} navigations named ${name}`);
    }
    return wrong;
  }

  function pictures() {
    return [
      ...all("img:not([alt])"),
      ...all("svg:not([aria-hidden=true] *):not([aria-hidden=true])").filter(
        (one) =>
          !one.closest("[aria-hidden=true]") &&
          // A part of a drawing is named with the whole.
          !one.parentElement.closest("svg") &&
          !one.querySelector("title") &&
          isSeen(one) &&
          !one.closest(".tie-map"),
      ),
      ...all("img:not([width]), img:not([height])").filter((one) => !one.closest(".tie-map")),
    ].map(named);
  }

  // WCAG 2.2, 2.5.8: 24 pixels, or room for a circle of 24 around it; not where it is part of a text.
  function targets() {
    const found = all(TARGETS).filter((one) => isSeen(one) && !one.closest("[aria-hidden=true]"));
    const boxes = found.map((element) => {
      // What a label or a row makes larger, and a link's every line.
      const parts = [...element.getClientRects()];
      const box = element.getBoundingClientRect();
      const tallest = Math.max(...parts.map((part) => part.height));
      return {
        element,
        box,
        isSmall: Math.min(box.width, parts.length > 1 ? tallest : box.height) < 23.95,
      };
    });
    const inText = ({ element }) => {
      if (getComputedStyle(element).display !== "inline") return false;
      const line = element.closest(
        "p, li, dd, td, th, figcaption, h1, h2, h3, h4, blockquote, caption, small",
      );
      return line && line.textContent.trim().length > element.textContent.trim().length;
    };
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const gap = ([x, y], { box }) =>
      Math.hypot(
        Math.max(box.left - x, 0, x - box.right),
        Math.max(box.top - y, 0, y - box.bottom),
      );
    return boxes
      .filter((one) => one.isSmall && !inText(one))
      .filter((one) =>
        boxes.some((other) => {
          if (
            other === one ||
            other.element.contains(one.element) ||
            one.element.contains(other.element)
          )
            return false;
          if (gap(middle(one), other) < 12) return true;
          const [[x, y], [u, v]] = [middle(one), middle(other)];
          return other.isSmall && Math.hypot(x - u, y - v) < 24;
        }),
      )
      .map(
        (one) => `${Math.round(one.box.width)}×${Math.round(one.box.height)} ${named(one.element)}`,
      );
  }

  // WCAG 1.4.10: only tables and the map may be scrolled sideways.
  function sideways() {
    const root = document.documentElement;
    const wrong =
      root.scrollWidth > root.clientWidth
        ? [`page: ${root.scrollWidth} > ${root.clientWidth}`]
        : [];
    for (const one of all("body *")) {
      if (
        one.closest(".table-frame, .tie-map, svg, .unseen") ||
        one.scrollWidth <= one.clientWidth + 1
      )
        continue;
      if (/auto|scroll/.test(getComputedStyle(one).overflowX)) wrong.push(named(one));
    }
    return wrong;
  }

  // WCAG 1.4.12: text that its box cuts off.
  function clipped() {
    return all("body *")
      .filter((one) => {
        if (
          !isSeen(one) ||
          one.closest(".unseen, svg, .tie-map, .small-map, select") ||
          !one.textContent.trim()
        )
          return false;
        const style = getComputedStyle(one);
        const hides = (value) => /hidden|clip/.test(value);
        return (
          (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1) ||
          (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
        );
      })
      .map(named);
  }

  function spaceOut() {
    const style = document.createElement("style");
    style.id = "spaced";
    style.textContent = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`;
    document.head.append(style);
  }

  function spaceIn() {
    document.getElementById("spaced")?.remove();
  }

  const structure = () =>
    Object.entries({ languages, headings, landmarks, pictures }).flatMap(([name, audit]) =>
      audit().map((what) => `${name}: ${what}`),
    );

  return {
    structure,
    languages,
    headings,
    landmarks,
    pictures,
    targets,
    sideways,
    clipped,
    spaceOut,
    spaceIn,
    isSeen,
    named,
  };
})();
