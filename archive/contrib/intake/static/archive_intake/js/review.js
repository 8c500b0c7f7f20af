/* The review of an imported story: words of the source go into fields by key.
 *
 * The source can be edited as far as the browser knows, so that it has a cursor and the keys for
 * selecting; every change of it is stopped. Offsets are characters of the whole text, as the
 * server counts: a letter outside Unicode's first plane is one.
 */
(() => {
  "use strict";

  const review = document.querySelector("[data-intake-review]");
  if (!review) return;
  const part = review.querySelector("[data-intake-part]");
  const status = review.querySelector("[data-intake-status]");
  const keys = review.querySelector("[data-intake-keys]");
  const keysOn = keys.querySelector("[data-intake-keys-on]");
  const STORED = "archive-intake-keys";
  const find = (selector) => part.querySelector(selector);
  const source = () => find("[data-intake-source]");
  let selected = null;

  const say = (text, isError = false) => {
    status.textContent = text;
    status.toggleAttribute("data-error", isError);
  };

  // Where the selection is

  const offsetOf = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const holder = element.closest("[data-start]");
    if (!holder || !source().contains(holder)) return null;
    const range = document.createRange();
    range.selectNodeContents(holder);
    range.setEnd(node, offset);
    return Number(holder.dataset.start) + [...range.toString()].length;
  };

  const lineAt = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element.closest?.(".archive-intake__line");
  };

  const lineSpan = (line) => {
    const start = Number(line.dataset.start);
    return [start, start + [...line.textContent].length];
  };

  const currentSpan = () => {
    const selection = getSelection();
    if (!selection.rangeCount || !source()?.contains(selection.anchorNode)) return selected;
    const range = selection.getRangeAt(0);
    if (!source().contains(range.endContainer)) return selected;
    if (range.collapsed) {
      const line = lineAt(range.startContainer);
      return line ? lineSpan(line) : selected;
    }
    const span = [
      offsetOf(range.startContainer, range.startOffset),
      offsetOf(range.endContainer, range.endOffset),
    ];
    return span.includes(null) ? selected : span;
  };

  document.addEventListener("selectionchange", () => {
    if (source()?.contains(getSelection().anchorNode)) selected = currentSpan();
  });

  // The selection's ends, in characters of the whole text; null for none in the source.
  const cursorNow = () => {
    const selection = getSelection();
    if (!selection.rangeCount || !source()?.contains(selection.anchorNode)) return null;
    const ends = [
      offsetOf(selection.anchorNode, selection.anchorOffset),
      offsetOf(selection.focusNode, selection.focusOffset),
    ];
    return ends.includes(null) ? null : ends;
  };

  const pointAt = (offset) => {
    const holders = [...source().querySelectorAll("[data-start]")];
    const holder = holders.findLast((one) => Number(one.dataset.start) <= offset);
    const text = holder && document.createTreeWalker(holder, NodeFilter.SHOW_TEXT).nextNode();
    if (!text) return holder ? [holder, 0] : null;
    const characters = [...text.data].slice(0, offset - Number(holder.dataset.start));
    return [text, characters.join("").length];
  };

  const placeSelection = (ends) => {
    const points = ends?.map(pointAt) || [];
    if (!points.length || points.includes(null)) return;
    const top = source().scrollTop;
    source().focus({ preventScroll: true });
    getSelection().setBaseAndExtent(...points[0], ...points[1]);
    source().scrollTop = top;
  };

  // Changes by the server, which sends the review anew

  // One after the other, in the order of the keys: each starts from what the one before has left.
  let last = Promise.resolve();
  // How many marks were refused, or got lost on their way.
  let failures = 0;
  const inTurn = (deed) => {
    last = last.then(deed, deed);
    return last;
  };

  const fields = () =>
    [...find("[data-intake-form]").elements].filter(
      (one) => one.name && one.matches("input:not([type=hidden]), textarea, select"),
    );
  const contentOf = (one) => (one.type === "checkbox" ? one.checked : one.value);
  const typedIn = () => new Map(fields().map((one) => [one.name, contentOf(one)]));

  // What somebody has typed while the answer was on its way stays, in the field that has by now
  // what was sent: a mark above may have moved it. Gives where each is.
  const putBack = (sent, now) => {
    const places = new Map();
    const free = new Set(fields());
    const take = (name, field) => {
      places.set(name, field);
      free.delete(field);
    };
    for (const [name, value] of sent) {
      if (now.get(name) === value) continue;
      const same = [...free].filter((one) => contentOf(one) === value && one.type !== "checkbox");
      const kind = name.replace(/\d+/, "");
      const field =
        [...free].find(
          (one) => one.name === name && (value === contentOf(one) || !/\d/.test(name)),
        ) ||
        same.find((one) => one.name.replace(/\d+/, "") === kind) ||
        (value && same[0]);
      if (!field) {
        say(review.dataset.homeless + now.get(name), true);
        continue;
      }
      take(name, field);
      if (field.type === "checkbox") field.checked = now.get(name);
      else field.value = now.get(name);
    }
    return places;
  };

  const focusedField = () => {
    const one = document.activeElement;
    if (!part.contains(one) || !one.matches("input, textarea, select")) return null;
    return { name: one.name, start: one.selectionStart ?? null, end: one.selectionEnd ?? null };
  };

  const byName = (name) => find(`[name="${CSS.escape(name)}"]`);

  const putCursor = (field, { start, end }) => {
    field?.focus({ preventScroll: true });
    if (start !== null) field?.setSelectionRange?.(start, end);
  };

  const retype = (kind) => {
    // Where the cursor stood as the key was pressed; a change before it only gives new marks.
    const span = currentSpan();
    if (!span || isLeaving) return;
    inTurn(() => send(kind, span));
  };

  const post = (body) =>
    window.ArchiveSession.ask(location.pathname, {
      method: "POST",
      body,
      headers: { Accept: "text/html-part" },
    });

  const send = async (kind, span) => {
    const data = new FormData(find("[data-intake-form]"));
    const sent = typedIn();
    data.set("do", "retype");
    data.set("kind", kind);
    data.set("start", span[0]);
    data.set("end", span[1]);
    try {
      const html = await (await post(data)).text();
      const label = find(`.archive-intake__kind[data-kind="${kind}"] span`).textContent;
      const [now, focused, cursor] = [typedIn(), focusedField(), cursorNow()];
      const scrolled = [source().scrollTop, scrollY];
      part.innerHTML = html;
      prepare();
      [source().scrollTop] = scrolled;
      say(review.dataset.changed + label);
      const places = putBack(sent, now);
      if (focused) putCursor(places.get(focused.name) || byName(focused.name), focused);
      else placeSelection(cursor);
      scrollTo(0, scrolled[1]);
    } catch ({ message }) {
      failures += 1;
      say(message, true);
    }
  };

  // What was typed stays

  const defaultOf = (one) => {
    if (one.type === "checkbox") return one.defaultChecked;
    if (!one.matches("select")) return one.defaultValue;
    const options = [...one.options];
    return (options.find((option) => option.defaultSelected) || options[0])?.value;
  };
  // Also what the server has refused is nowhere but in the fields.
  const isUnsaved = () =>
    find("[data-intake-form]").hasAttribute("data-intake-unsaved") ||
    fields().some((one) => contentOf(one) !== defaultOf(one));
  // Whoever presses a button sends what is typed, or means to drop it.
  let isSent = false;

  const isSaved = async () => {
    const data = new FormData(find("[data-intake-form]"));
    data.set("do", "save");
    // What is typed from now on wouldn't go along.
    part.inert = true;
    try {
      await post(data);
      return true;
    } catch ({ kind, message }) {
      stay();
      // The page says why, and shows what somebody else has saved.
      if (kind === "refused") find("[data-intake-save]").click();
      else say(message, true);
      return false;
    }
  };

  // A link saves before it leads away.
  part.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([data-intake-discard])");
    if (event.target.closest("[data-intake-discard]")) isSent = true;
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || !isUnsaved()) return;
    event.preventDefault();
    isLeaving = true;
    const before = failures;
    inTurn(async () => {
      if (failures !== before) stay();
      else if (!isUnsaved() || (await isSaved())) {
        isSent = true;
        location.assign(link.href);
      }
    });
  });

  addEventListener("beforeunload", (event) => {
    if (!isSent && isUnsaved()) event.preventDefault();
  });

  // Keys

  const isTyping = (target) =>
    target.closest?.("input:not([type=checkbox]), textarea, select, dialog") ||
    (target.closest?.("[contenteditable=true]") && !source()?.contains(target));

  const DEEDS = {
    j: "[data-intake-next]",
    k: "[data-intake-previous]",
    a: "[data-intake-accept]",
    y: "[data-intake-publish]",
    v: "[data-intake-version]",
    x: "[data-intake-reject]",
    m: "[data-intake-save]",
  };

  const MOVES = new Set(["j", "k"]);

  /* A key is for the story that is on the screen as it is pressed. One that is pressed while the
     page is on its way to another story goes along with it: there it moves on, or, as nobody
     decides a story that isn't on the screen yet, says that it was too early. */
  const EARLY = "archive-intake-early";
  let isLeaving = false;
  let early = [];
  let shownAt = Number.POSITIVE_INFINITY;
  requestAnimationFrame(() =>
    setTimeout(() => {
      shownAt = performance.now();
      goOn();
    }),
  );

  // What leaves the page waits for the marks before it, and stays where one of them has failed, or
  // where nothing can be sent: a form would take what is typed along.
  const leave = (selector) => {
    if (!find(selector)) return false;
    isLeaving = true;
    const before = failures;
    inTurn(async () => {
      const button = failures === before && find(selector);
      if (!button) stay();
      else if (!button.form) button.click();
      else {
        const goOn = () => {
          isSent = true;
        };
        const trouble = await window.ArchiveSession.submit(button.form, button, goOn);
        if (trouble) {
          stay();
          say(trouble, true);
        }
      }
    });
    return true;
  };

  const stay = () => {
    isLeaving = false;
    isSent = false;
    part.inert = false;
    early = [];
    sessionStorage.removeItem(EARLY);
  };

  const keepEarly = (key) => {
    early.push(key);
    const [from] = location.href.split("#");
    sessionStorage.setItem(EARLY, JSON.stringify({ from, keys: early }));
  };

  // The keys that were pressed on the way here.
  const goOn = () => {
    const { from, keys = [] } = JSON.parse(sessionStorage.getItem(EARLY) || "{}");
    sessionStorage.removeItem(EARLY);
    const [key, ...others] = [...(from === document.referrer ? keys : []), ...early];
    early = [];
    if (!key) return;
    // After saving, the story is the same.
    const isSame = from === location.href.split("#")[0];
    if (!MOVES.has(key) && !isSame) say(review.dataset.early.replace("{key}", key), true);
    else if (leave(DEEDS[key])) others.forEach(keepEarly);
  };

  // Somebody comes back to a page that the browser has kept.
  addEventListener("pageshow", (event) => {
    if (event.persisted) stay();
  });

  // A button that is clicked waits, too.
  part.addEventListener("submit", (event) => {
    if (isSent) return;
    event.preventDefault();
    if (!isLeaving) leave(`[name=do][value=${event.submitter.value}]`);
  });

  // Whether the key does something here, or will.
  const act = (key, event) => {
    const isOnScreen = !isLeaving && event.timeStamp >= shownAt;
    if (isOnScreen) return leave(DEEDS[key]);
    // A key that is held down moves by what it shows.
    if (find(DEEDS[key]) && !event.repeat) {
      if (isLeaving) keepEarly(key);
      else early.push(key);
    }
    return Boolean(find(DEEDS[key]));
  };

  const onKey = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) act("a", event);
      return;
    }
    // It also stops a page that is on its way.
    if (event.key === "Escape" && isLeaving) stay();
    if (event.key === "Escape" && part.contains(event.target) && !source().contains(event.target)) {
      source().focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || !keysOn.checked) return;
    const key = event.key.toLowerCase();
    const kind = find(`.archive-intake__kind[data-key="${CSS.escape(key)}"]:not(:disabled)`);
    // A key that is held down takes or marks one story; it may go on to the next, and back.
    if (event.repeat && !MOVES.has(key) && (kind || key in DEEDS)) event.preventDefault();
    else if (event.key === "?") keys.showModal();
    else if (kind && source().contains(document.activeElement)) retype(kind.dataset.kind);
    else if (key === "z") source().focus();
    else if (!DEEDS[key] || !act(key, event)) return;
    event.preventDefault();
  };
  document.addEventListener("keydown", onKey);

  // Set up, and again after each change

  const prepare = () => {
    const field = source();
    for (const one of part.querySelectorAll("[data-intake-hint], [data-intake-show-keys]")) {
      one.hidden = false;
    }
    if (!field) return;
    field.setAttribute("contenteditable", "true");
    field.setAttribute("inputmode", "none");
    field.setAttribute("role", "textbox");
    field.setAttribute("aria-multiline", "true");
    field.setAttribute("aria-readonly", "true");
    field.spellcheck = false;
    for (const name of ["beforeinput", "drop", "paste", "cut"]) {
      field.addEventListener(name, (event) => event.preventDefault());
    }
  };

  part.addEventListener("mousedown", (event) => {
    // The selection stays while a button is pressed.
    if (event.target.closest(".archive-intake__kind")) event.preventDefault();
  });
  part.addEventListener("click", (event) => {
    const kind = event.target.closest(".archive-intake__kind");
    if (kind) retype(kind.dataset.kind);
    if (event.target.closest("[data-intake-show-keys]")) keys.showModal();
  });
  keys.querySelector("[data-intake-close]").addEventListener("click", () => keys.close());
  keysOn.checked = localStorage.getItem(STORED) !== "off";
  keysOn.addEventListener("change", () =>
    localStorage.setItem(STORED, keysOn.checked ? "on" : "off"),
  );
  prepare();
  source()?.focus({ preventScroll: true });
})();
