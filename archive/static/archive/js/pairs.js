/* Pairs of stories: keys of their list, and the screen on which two texts are linked.
 *
 * A link is {source: [places], target: [places], doubtful, seen}; either side may be empty. The
 * server sends the texts and links, and gets the links back; what each change does is in `deeds`.
 */
(() => {
  "use strict";

  const isTyping = (target) => target.closest?.("input, textarea, select, dialog");
  const isPlain = (event) =>
    !(
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.isComposing ||
      isTyping(event.target)
    );

  // The list: one pair after the other by key

  const list = document.querySelector("[data-pairs]");
  const pairs = [...document.querySelectorAll("[data-pair]")];
  const STORED = "archive-pair";
  const step = (by) => {
    const at = pairs.indexOf(document.activeElement?.closest("[data-pair]"));
    pairs[Math.max(0, Math.min(pairs.length - 1, at + by))]?.focus();
  };
  if (pairs.length) {
    for (const one of document.querySelectorAll("[data-pairs-keys]")) one.hidden = false;
    document.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
      if (list && (event.key === "j" || event.key === "k")) {
        step(event.key === "j" ? 1 : -1);
        event.preventDefault();
        return;
      }
      const pair = list ? document.activeElement?.closest("[data-pair]") : pairs[0];
      const button = pair?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!button) return;
      // Held down, the key would decide about the next pair, which nobody has read.
      if (event.repeat) {
        event.preventDefault();
        return;
      }
      // After the decision the next pair stands where this one stood.
      sessionStorage.setItem(STORED, String(pairs.indexOf(pair)));
      event.preventDefault();
      button.click();
    });
    if (list) {
      const at = Number(sessionStorage.getItem(STORED) ?? -1);
      sessionStorage.removeItem(STORED);
      if (at >= 0) pairs[Math.min(at, pairs.length - 1)].focus();
    }
  }

  // Two texts

  const screen = document.querySelector("[data-links]");
  if (!screen) return;
  const texts = JSON.parse(document.getElementById("archive-links-texts").textContent);
  const isReadOnly = screen.hasAttribute("data-read-only");
  const words = screen.dataset;
  const SIDES = ["source", "target"];
  const sides = Object.fromEntries(
    SIDES.map((side) => [side, screen.querySelector(`[data-side="${side}"]`)]),
  );
  const lines = screen.querySelector("[data-links-lines]");
  const status = screen.querySelector("[data-links-status]");
  const counter = screen.querySelector("[data-links-count]");
  const help = screen.querySelector("[data-links-help]");
  const SVG = "http://www.w3.org/2000/svg";
  const other = (side) => (side === "source" ? "target" : "source");

  let links = texts.links;
  let version = texts.version;
  let history = [];
  let isSaved = true;
  const selected = { source: new Set(), target: new Set() };
  let current = { side: "source", place: 0 };

  const say = (text, isError = false) => {
    status.textContent = text;
    status.toggleAttribute("data-error", isError);
    if (isError) status.scrollIntoView({ block: "center" });
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const linkAt = (side, place) => links.find((link) => link[side].includes(place));
  const isPair = (link) => link.source.length > 0 && link.target.length > 0;
  const toCheck = () => links.filter((link) => link.doubtful && !link.seen);
  const pieceAt = (side, place) => sides[side].children[place];

  const stateOf = (side, place) => {
    const link = linkAt(side, place);
    if (link?.seen) return "seen";
    if (link?.doubtful) return "check";
    return link && isPair(link) ? "linked" : "alone";
  };

  const noteOf = (side, place) => {
    const link = linkAt(side, place);
    const state = stateOf(side, place);
    const isAlone = !link || !isPair(link);
    const parts = [];
    if (isAlone) parts.push(link && side === "source" ? words.leftOut : words.alone);
    if (state === "check") parts.push(words.check);
    if (state === "seen") parts.push(`✓ ${words.seen}`);
    return parts.join(" · ");
  };

  // What is shown

  const build = () => {
    const shown = { source: texts.sources, target: texts.pieces };
    for (const side of SIDES) {
      sides[side].replaceChildren(
        ...shown[side].map((piece, place) => {
          const item = document.createElement("li");
          item.className = "archive-links__piece";
          item.dataset.place = place;
          if (piece.kind) item.dataset.kind = piece.kind;
          const text = document.createElement("span");
          text.textContent = piece.text;
          const note = document.createElement("span");
          note.className = "archive-links__note";
          note.lang = document.documentElement.lang;
          item.append(text, note);
          if (!isReadOnly) {
            const handle = document.createElement("button");
            handle.type = "button";
            handle.tabIndex = -1;
            handle.className = "archive-links__handle";
            handle.title = words.drag;
            handle.setAttribute("aria-hidden", "true");
            item.append(handle);
          }
          return item;
        }),
      );
      sides[side].setAttribute("role", "listbox");
      sides[side].setAttribute("aria-multiselectable", "true");
      for (const item of sides[side].children) item.setAttribute("role", "option");
    }
  };

  const describe = (side, place) => {
    const partners = (linkAt(side, place)?.[other(side)] || []).map((at) => at + 1);
    const parts = [fill(words.number, { number: place + 1 })];
    if (partners.length) parts.push(fill(words.linked, { numbers: partners.join(words.and) }));
    const note = noteOf(side, place);
    return [...parts, ...(note ? [note] : [])].join(words.comma);
  };

  const show = () => {
    for (const side of SIDES) {
      for (const [place, item] of [...sides[side].children].entries()) {
        const isCurrent = current.side === side && current.place === place;
        item.dataset.state = stateOf(side, place);
        item.tabIndex = isCurrent ? 0 : -1;
        item.setAttribute("aria-selected", String(selected[side].has(place)));
        item.setAttribute("aria-description", describe(side, place));
        item.querySelector(".archive-links__note").textContent = noteOf(side, place);
      }
    }
    counter.textContent = fill(words.toCheck, { count: toCheck().length });
    draw();
  };

  const endOf = (side, place) => {
    const box = pieceAt(side, place).getBoundingClientRect();
    const board = lines.getBoundingClientRect();
    return [side === "source" ? 0 : board.width, box.top + box.height / 2 - board.top];
  };

  const path = ([x1, y1], [x2, y2]) => {
    const line = document.createElementNS(SVG, "path");
    const middle = (x1 + x2) / 2;
    line.setAttribute("d", `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`);
    return line;
  };

  const draw = () => {
    const drawn = [];
    for (const link of links) {
      for (const one of link.source) {
        for (const two of link.target) {
          const line = path(endOf("source", one), endOf("target", two));
          line.dataset.state = link.seen ? "seen" : link.doubtful ? "check" : "linked";
          if (link[current.side].includes(current.place)) line.dataset.current = "";
          drawn.push(line);
        }
      }
    }
    lines.replaceChildren(...drawn);
  };

  const focus = (side, place) => {
    current = { side, place };
    show();
    const item = pieceAt(side, place);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  };

  // What changes

  const change = (make) => {
    history.push(JSON.stringify(links));
    links = make(JSON.parse(JSON.stringify(links)));
    for (const side of SIDES) selected[side].clear();
    unsaved();
  };

  const unsaved = () => {
    isSaved = false;
    keep();
    say(words.unsaved);
    show();
  };

  // Takes pieces out of the links that they are in; a source left alone is undecided.
  const without = (all, taken) =>
    all
      .map((link) => {
        const kept = { ...link };
        for (const side of SIDES) kept[side] = link[side].filter((at) => !taken[side].includes(at));
        const isSame = SIDES.every((side) => kept[side].length === link[side].length);
        return isSame ? link : { ...kept, seen: false, doubtful: true };
      })
      .filter((link) => link.source.length || link.target.length);

  const isRun = (places) =>
    places.every(
      (at, number) => number === 0 || (at === places[number - 1] + 1 && texts.sources[at].joinable),
    );

  const link = (source, target, facts = {}) => {
    const sorted = {
      source: [...source].sort((a, b) => a - b),
      target: [...target].sort((a, b) => a - b),
    };
    if (!sorted.source.length || !sorted.target.length) return say(words.both, true);
    if (!isRun(sorted.source)) return say(words.run, true);
    change((all) => [
      ...without(all, sorted),
      { ...sorted, doubtful: false, seen: false, ...facts },
    ]);
  };

  const chosen = (side) => {
    if (selected[side].size) return [...selected[side]];
    return current.side === side ? [current.place] : [];
  };

  const next = (by) => {
    const places = toCheck()
      .map((one) => (one.source.length ? ["source", one.source[0]] : ["target", one.target[0]]))
      .sort((a, b) => a[1] - b[1]);
    if (!places.length) return say(words.none);
    const at = current.place;
    const ahead = places.filter((one) => (by > 0 ? one[1] > at : one[1] < at));
    const found = by > 0 ? ahead[0] || places[0] : ahead.at(-1) || places.at(-1);
    focus(...found);
  };

  // What is drawn and not saved yet, by the words of its paragraphs: their places change

  const KEPT = "links";
  const outbox = new window.ArchiveDesk.Outbox(`links:${words.translation}`, words.user);
  const textsOf = () => ({
    source: texts.sources.map((one) => one.text),
    target: texts.pieces.map((one) => one.text),
  });

  const keep = () => {
    const before = new Set(texts.links.map((one) => JSON.stringify(one)));
    const drawn = links.filter((one) => !before.has(JSON.stringify(one)));
    if (!drawn.length) outbox.forget(KEPT);
    else outbox.keep({ key: KEPT, target: JSON.stringify({ drawn, ...textsOf() }) });
  };

  // Where the paragraph of a place in the former list is now, the second of two that are alike too.
  const placesIn = (former, now) => {
    const of = (text) => [...now.keys()].filter((at) => now[at] === text);
    return former.map(
      (text, at) => of(text)[former.slice(0, at).filter((one) => one === text).length],
    );
  };

  // A link of words that have changed since is to be looked at.
  const drawnNow = (kept) => {
    const now = textsOf();
    const places = Object.fromEntries(SIDES.map((side) => [side, placesIn(kept[side], now[side])]));
    return kept.drawn
      .map((link) => {
        const found = { ...link };
        for (const side of SIDES)
          found[side] = link[side].map((at) => places[side][at]).filter((at) => at !== undefined);
        const isSame =
          isRun(found.source) && SIDES.every((side) => found[side].length === link[side].length);
        if (!isRun(found.source)) found.source.length = 1;
        return isSame ? found : { ...found, seen: false, doubtful: true };
      })
      .filter((link) => link.source.length);
  };

  const drawAgain = (drawn) => {
    const taken = Object.fromEntries(
      SIDES.map((side) => [side, drawn.flatMap((one) => one[side])]),
    );
    change((all) => [...without(all, taken), ...drawn]);
  };

  const offer = ({ name, change: { target } }) => {
    const drawn = drawnNow(JSON.parse(target));
    const stored = new Set(texts.links.map((one) => JSON.stringify(one)));
    if (drawn.every((one) => stored.has(JSON.stringify(one)))) {
      outbox.drop(name);
      return;
    }
    const box = screen.querySelector("[data-links-kept]").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-kept-draw]").addEventListener("click", () => {
      drawAgain(drawn);
      outbox.drop(name);
      box.remove();
      focus("source", drawn[0].source[0]);
    });
    box.querySelector("[data-kept-drop]").addEventListener("click", () => {
      outbox.drop(name);
      box.remove();
    });
    status.parentElement.before(box);
  };

  // One after the other, as each starts from the version that the one before it made.
  let saving = Promise.resolve();
  const save = async () => {
    const [sent, former] = [links, textsOf()];
    try {
      const answer = await window.ArchiveSession.ask(location.pathname, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ version, links: sent.filter((one) => one.source.length) }),
      });
      const said = await answer.json();
      const known = new Set(sent.map((one) => JSON.stringify(one)));
      const later = links.filter((one) => !known.has(JSON.stringify(one)));
      Object.assign(texts, said);
      ({ version, links } = said);
      history = [];
      isSaved = true;
      outbox.forget(KEPT);
      build();
      focus(current.side, Math.min(current.place, sides[current.side].children.length - 1));
      // What was drawn while it was on its way is drawn in what there is now.
      const drawn = drawnNow({ drawn: later, ...former });
      if (drawn.length) drawAgain(drawn);
      else say(words.saved);
    } catch (error) {
      say(error.message, true);
    }
  };

  const deeds = {
    next: () => next(1),
    previous: () => next(-1),
    link: () => link(chosen("source"), chosen("target")),
    merge: () => {
      const found = linkAt(current.side, current.place);
      const following = found ? Math.max(...found[current.side]) + 1 : 0;
      if (!found || !isPair(found)) return say(words.unlinked, true);
      if (!pieceAt(current.side, following)) return say(words.last, true);
      const grown = { source: [...found.source], target: [...found.target] };
      grown[current.side].push(following);
      link(grown.source, grown.target);
    },
    split: () => {
      const found = linkAt(current.side, current.place);
      if (!found || !isPair(found)) return say(words.unlinked, true);
      if (found.source.length + found.target.length < 3) return say(words.single, true);
      // One by one, as far as both sides go; what is left over has no counterpart.
      const parts = found.source.map((at, number) => ({
        source: [at],
        target: found.target.slice(number, number + 1),
        doubtful: number >= found.target.length,
        seen: false,
      }));
      change((all) => [...without(all, found), ...parts]);
    },
    unlink: () => {
      const taken = { source: chosen("source"), target: chosen("target") };
      change((all) => [
        ...without(all, taken),
        ...taken.source.map((at) => ({ source: [at], target: [], doubtful: false, seen: false })),
      ]);
    },
    confirm: () => {
      const found = linkAt(current.side, current.place);
      if (!found) return say(words.unlinked, true);
      const key = JSON.stringify(found);
      change((all) =>
        all.map((one) =>
          JSON.stringify(one) === key ? { ...one, seen: true, doubtful: false } : one,
        ),
      );
      if (toCheck().length) next(1);
    },
    confirmAll: () =>
      change((all) =>
        all.map((one) => (one.doubtful || !isPair(one) ? one : { ...one, seen: true })),
      ),
    undo: () => {
      if (!history.length) return;
      links = JSON.parse(history.pop());
      unsaved();
    },
    keys: () => help.showModal(),
    save: () => {
      saving = saving.then(save);
    },
  };
  const KEYS = { n: "next", p: "previous", l: "link", m: "merge", s: "split", u: "unlink" };
  Object.assign(KEYS, { c: "confirm", z: "undo", "?": "keys" });
  // What a key that is held down may do again and again.
  const MOVES = new Set(["n", "p"]);

  // Keys, pointer, dragging

  const move = (key) => {
    const count = sides[current.side].children.length;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const place = current.place + (key === "ArrowDown" ? 1 : -1);
      focus(current.side, Math.max(0, Math.min(count - 1, place)));
      return;
    }
    const side = key === "ArrowLeft" ? "source" : "target";
    if (side === current.side) return;
    const partner = linkAt(current.side, current.place)?.[side][0];
    focus(side, partner ?? Math.min(current.place, sides[side].children.length - 1));
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s" && !isReadOnly) {
      event.preventDefault();
      if (!event.repeat) deeds.save();
      return;
    }
    if (!isPlain(event)) return;
    if (event.key.startsWith("Arrow")) {
      if (!event.target.closest?.("[data-side]")) return;
      event.preventDefault();
      move(event.key);
    } else if (!isReadOnly && event.key === " " && event.target.closest?.("[data-side]")) {
      event.preventDefault();
      if (!event.repeat) toggle(current.side, current.place);
    } else if (!isReadOnly && KEYS[event.key]) {
      event.preventDefault();
      if (!event.repeat || MOVES.has(event.key)) deeds[KEYS[event.key]]();
    }
  });

  const toggle = (side, place) => {
    if (!selected[side].delete(place)) selected[side].add(place);
    show();
  };

  const placeOf = (target) => {
    const item = target?.closest?.(".archive-links__piece");
    return item && { side: item.parentElement.dataset.side, place: Number(item.dataset.place) };
  };

  let drag = null;
  const board = screen.querySelector("[data-links-board]");
  board.addEventListener("click", (event) => {
    const at = placeOf(event.target);
    if (!at || event.target.closest(".archive-links__handle")) return;
    focus(at.side, at.place);
    if (!isReadOnly) toggle(at.side, at.place);
  });
  board.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".archive-links__handle");
    if (!handle) return;
    event.preventDefault();
    drag = { ...placeOf(handle), line: path([0, 0], [0, 0]) };
    drag.line.dataset.drag = "";
    lines.append(drag.line);
  });
  const over = (event) => placeOf(document.elementFromPoint(event.clientX, event.clientY));
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const box = lines.getBoundingClientRect();
    const end = [event.clientX - box.left, event.clientY - box.top];
    drag.line.setAttribute("d", path(endOf(drag.side, drag.place), end).getAttribute("d"));
    for (const one of board.querySelectorAll("[data-over]")) one.removeAttribute("data-over");
    const at = over(event);
    if (at && at.side !== drag.side) pieceAt(at.side, at.place).dataset.over = "";
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const from = drag;
    drag = null;
    from.line.remove();
    for (const one of board.querySelectorAll("[data-over]")) one.removeAttribute("data-over");
    const at = over(event);
    if (!at || at.side === from.side) return;
    const ends = { [from.side]: [from.place], [at.side]: [at.place] };
    link(ends.source, ends.target);
    focus("source", ends.source[0]);
  });
  document.addEventListener("pointercancel", () => {
    drag?.line.remove();
    drag = null;
  });
  for (const button of screen.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => deeds[button.dataset.do]());
  }
  addEventListener("beforeunload", (event) => {
    if (!isSaved) event.preventDefault();
  });
  new ResizeObserver(draw).observe(board);

  build();
  show();
  // What is doubtful comes first.
  const first = toCheck().find((one) => one.source.length);
  if (!isReadOnly) {
    focus("source", first ? first.source[0] : 0);
    outbox.left().then((left) => left.forEach(offer));
  }
})();
