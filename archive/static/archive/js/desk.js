/* The translators' desk: puts rows, saving, sidebar and keys together. */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const NEAR = "300px 0px";
  // The space presses a button, and the bracket folds Wagtail's menu.
  const NO_TEXT = new Set([" ", "["]);
  // Of matches in per cent, the lowest of each band.
  const BANDS = [100, 95, 75, 0];

  const start = () => {
    const root = document.querySelector("[data-archive-desk]");
    if (!root || root.dataset.deskStarted) return;
    root.dataset.deskStarted = "yes";
    const form = root.closest("form");
    const messages = { ...root.querySelector("[data-desk-messages]").dataset };
    const options = JSON.parse(document.getElementById("archive-desk-editors").textContent);
    const isShownAgain = form.dataset.wUnsavedForceValue === "true";

    const elements = [...root.querySelectorAll("[data-desk-row]")];
    const rows = elements.map(
      (element) => new desk.Row(element, options, messages, (row) => changed(row)),
    );
    const rowOf = (target) => rows[elements.indexOf(target?.closest?.("[data-desk-row]"))];
    const saver = new desk.Saver(root, rows, {
      messages,
      onSaved: (answer) => saved(answer),
      onConfirmed: (row) => {
        done.pass();
        repetitions.ask(row);
      },
      onDecided: (conflict) => page.decided(conflict),
    });
    const repetitions = new desk.Repetitions(root, {
      saver,
      goOn: () => current()?.text.focus(),
      messages,
    });
    repetitions.resume(rows);
    const sidebar = new desk.Sidebar(root, { rows, saver, messages, tell: (text) => tell(text) });
    const view = new desk.View(root);
    const findings = new desk.Findings(root, { rows, sidebar, messages });
    const source = new desk.Source(root, {
      rows,
      saver,
      messages,
      onStep: (standing) => follows(standing),
    });
    const page = new desk.PageLink(root, rows, {
      go: (row) => go(row),
      onDecided: (conflict) => saver.hearDecision(conflict),
    });
    const summary = root.querySelector("[data-desk-summary]");
    const tell = (text) => {
      summary.textContent = text;
    };
    const selection = new desk.Selection(rows);
    new desk.Completion(root, { sidebar, rowOf, view });
    new desk.Colleagues(root, { view });
    new desk.Terms(root, { sidebar, messages });
    new desk.Unused(root, { saver, messages });
    new desk.Undo(root);
    const keys = new desk.Keys(root, saver);
    const reading = new desk.Reading(root);
    const exact = new desk.ExactMatches(root, { rows, saver, tell: (text) => tell(text) });
    const done = new desk.Done(root, { saver, source, goOn: () => current()?.text.focus() });
    const concordance = new desk.Concordance(root, { selection, sidebar, tell, messages });
    const glossary = new desk.GlossaryDialog(root, { selection, saver, sidebar, tell, messages });

    // What apps around the archive add: `archive/desk/editor/tools.py`.
    const tools = (desk.tools || []).map((add) =>
      add(root, { saver, selection, current: () => current() }),
    );

    const changed = (row) => {
      // What is typed from here on is the shown source's translation.
      if (row.isReturned || (row.isStarting && view.shows(row.shownChange))) row.see();
      row.typedAt = Date.now();
      if (row.isDirty) opened = null;
      row.hear();
      row.showTags();
      row.showState();
      if (row.isConflict) row.compareTheirs();
      page.type(row);
      saver.changed(row);
      findings.change(row);
    };

    /* Wagtail's preview, its list of colleagues and its form follow what was saved. */
    const showProgress = (progress) => {
      const bar = root.querySelector("[data-desk-progress]");
      bar.max = progress.total;
      bar.value = progress.done;
      root.querySelector("[data-desk-count]").textContent = desk.say(messages.count, progress);
      ["drafts", "reviewed", "stale", "omitted"].forEach((name) => {
        root.querySelectorAll(`[data-desk-${name}-count]`).forEach((count) => {
          count.hidden = !progress[name];
          count.querySelector("b").textContent = progress[name];
        });
      });
      exact.show();
      const approval = root.querySelector("[data-desk-approval]");
      if (approval) approval.hidden = !progress.drafts && !progress.stale;
    };

    /* Whether something here isn't stored: Wagtail tells a person's other windows, and colleagues, and
       takes each word of its form for a change until the form is sent. */
    const tellSession = () => {
      const box = document.querySelector("[data-w-session-target=unsavedChanges]");
      if (box && saver.isOn) box.checked = saver.waiting().length > 0 || others() !== loaded;
    };
    for (const kind of ["w-unsaved:add", "w-unsaved:clear"])
      window.addEventListener(kind, tellSession);

    const saved = (answer) => {
      follows(answer);
      source.hear(answer.source);
      source.hearDraft(answer);
      repetitions.again();
    };

    const session = document.querySelector("[data-controller~=w-session]");
    let asked = "";

    /* Wagtail says in red that another window has saved since this one was opened; where that was
       this one's own save, or it has followed since, it is asked anew. */
    const askSession = () => {
      const known = session?.querySelector("[data-w-session-target=revisionCreatedAt]")?.value;
      if (known === asked || !session?.querySelector(".w-ping--critical")) return;
      asked = known;
      session.dispatchEvent(new CustomEvent("w-session:visible"));
    };
    session?.addEventListener("w-swap:success", askSession);

    /* All that goes by what is stored. */
    const follows = ({ progress, revision }) => {
      showProgress(progress);
      findings.later();
      page.saved();
      const put = (selector, value) => {
        document.querySelectorAll(selector).forEach((input) => {
          input.value = value;
        });
      };
      if (revision.id) {
        put("[name=loaded_revision_id], [data-w-session-target=revisionId]", revision.id);
        put(
          "[name=loaded_revision_created_at], [data-w-session-target=revisionCreatedAt]",
          revision.created_at,
        );
      }
      form.dispatchEvent(
        new CustomEvent("w-unsaved:add", {
          bubbles: true,
          cancelable: true,
          detail: { type: "edits" },
        }),
      );
      sidebar.follows();
      askSession();
    };

    // Moving about

    const current = () => rowOf(document.activeElement) || sidebar.row;

    // Where one was put as the page opened: the next that is unfinished may be this one.
    let opened = null;

    const follow = (row) => {
      if (row !== opened) opened = null;
      sidebar.follow(row);
      view.follow(row);
      page.follow(row);
      concordance.follow(row);
      tools.forEach((tool) => tool.follow?.(row));
    };

    const go = (row) => {
      if (!row) return;
      row.focus();
      follow(row);
    };

    const isRemarked = (row) =>
      ["changed", "comments"].some((kind) => isOf(row, kind)) ||
      row.element.querySelector("[data-desk-mark]:not([hidden])");

    /* The first with a remark, in a story that came back from its review. */
    const remarked = () => root.dataset.returned && rows.find(isRemarked);

    /* To a row further on, or back, of those that are shown. */
    const step = (by, row = current()) => {
      const shown = rows.filter((one) => one === row || !one.element.hidden);
      const wanted = shown[Math.min(Math.max(shown.indexOf(row) + by, 0), shown.length - 1)];
      go(row ? wanted : remarked() || wanted);
    };

    const nextShown = (row) => rows.slice(rows.indexOf(row) + 1).find((one) => !one.element.hidden);

    /* The next row of a kind, from the top again at the end. */
    const nextOf = (isWanted) => {
      const place = rows.indexOf(current());
      return [...rows.slice(place + 1), ...rows.slice(0, place + 1)].find(isWanted);
    };

    const nextFinding = () => {
      const row = nextOf((one) => findings.has(one));
      if (row) go(row);
      else tell(messages.noFindings);
    };

    const tellAllDone = () => {
      const number = rows.filter((row) => row.boxes.left_out.checked).length;
      tell(number ? desk.say(messages.allDoneOmitted, { number }) : messages.allDone);
    };

    const nextUnfinished = () => {
      const row = opened && !opened.isFinished ? opened : nextOf((one) => !one.isFinished);
      opened = null;
      if (row) go(row);
      else tellAllDone();
    };

    /* "match-95" or "origin-memory": whether the words that are stored are of that. */
    const isFrom = ({ origin, score }, kind) => {
      const [what, which] = kind.split("-");
      if (!origin || what === "origin") return Boolean(origin) && origin === which;
      const band = score ? BANDS.find((least) => Number(score) >= least) : "none";
      return String(band) === which;
    };

    /* Whether the list shows a row; what changes its state stays, until one chooses again. */
    const isOf = (row, kind) => {
      if (kind.includes("-")) return isFrom(row.element.dataset, kind);
      const known = {
        unfinished: !row.isFinished,
        draft: row.isDraft,
        mine: row.element.dataset.author === root.dataset.user,
        findings: findings.has(row),
        changed: Boolean(row.element.querySelector("[data-desk-tracked]:not([hidden])")),
        comments: !row.element.querySelector("[data-desk-comments]").hidden,
      };
      const mark = kind && row.element.querySelector(`[data-desk-mark="${kind}"]`);
      return known[kind] ?? (mark ? !mark.hidden : !kind || row.state === kind);
    };

    const tick = (box) => {
      if (!box) {
        tell(messages.noJoin);
        return;
      }
      box.closest("details").open = true;
      box.click();
    };

    /* As the button does that hands on: it asks first about what isn't confirmed. */
    const handIn = () => {
      // Who restarts a review that asked for changes cancels it: its reviewer goes on, rather.
      const button =
        form.querySelector("[name=action-submit]") ||
        form.querySelector("[name=action-restart-workflow]");
      if (button && !button.disabled) button.click();
      else tell(messages.noSubmit);
    };

    const keyList = root.querySelector("[data-desk-keylist]");
    const showKeys = () => (keyList.open ? keyList.close() : keyList.showModal());

    /* Wagtail asks before one leaves a form that was changed; segments save themselves. */
    const others = () =>
      JSON.stringify(
        [...new FormData(form)].filter(([name]) => /^(go_live_at|expire_at)$/.test(name)),
      );
    const loaded = others();

    /* The pressed button is gone with its question: one is at the text that stays. */
    const decide = (row, decided) => {
      row.focus();
      return decided;
    };

    /* What a key or a button does; each with the row that it is about. */
    const deeds = {
      confirm: async (row) => {
        if (row.isConflict) {
          step(1, row);
          row.showSaved("asked", messages.conflictFirst);
          tell(messages.conflictFirst);
          return;
        }
        if (row.isBehind) {
          // To stand by words for a former source is an act of its own: they are stored as what they
          // are. One goes on, as from every text that isn't confirmed, for what is typed next is the
          // next segment's; whoever comes back has what changed before them.
          const stored = saver.flush();
          const isLast = !nextShown(row);
          if (!isLast) step(1, row);
          await stored;
          if (isLast) row.see();
          const told = desk.say(messages.stillRightFirst, { keys: keys.labelOf("stillRight") });
          row.tell(told);
          tell(told);
          return;
        }
        // What isn't confirmed, for an error or a figure, is a draft that says so: one goes on.
        if (!row.confirm()) return;
        row.typedAt = 0;
        saver.changed(row);
        const flushed = saver.flush();
        if (nextShown(row)) {
          step(1, row);
          return;
        }
        // One stays in its text: what is typed next makes it a draft again, and none of it is lost.
        await flushed;
        if (current() !== row || row.isAsked) return;
        if (rows.every((one) => one.isFinished)) tellAllDone();
        else tell(messages.last);
      },
      next: () => step(1),
      previous: () => step(-1),
      unfinished: nextUnfinished,
      copySource: (row) => row.copySource(),
      concordance: (row) => concordance.open(row),
      addName: (row) => glossary.open(row),
      suggestion: (_row, number) => concordance.use(number) || sidebar.useSuggestion(number),
      nthName: (_row, number) => sidebar.useName(number),
      name: () => sidebar.useFittingName(),
      tag: (row) => sidebar.insertTag(row),
      fix: () => sidebar.fix(),
      confirmExact: () => exact.open(),
      source: (row) => reading.enter(row),
      search: () => search.focus(),
      fill: () => (repetitions.isAsking ? repetitions.fill() : tell(messages.noRepetitions)),
      submit: () => handIn(),
      stillRight: (row) => {
        if (!row.isBehind) {
          tell(messages.notBehind);
          return;
        }
        row.stillRight();
        saver.changed(row);
        saver.flush();
      },
      update: (row) => go(row),
      go: (row) => go(row),
      leaveOut: (row) => tick(row.boxes.left_out),
      join: (row) => tick(row.boxes.joined),
      comments: (row) => {
        follow(row);
        sidebar.comment();
      },
      finding: nextFinding,
      takeBack: (row) => {
        const change = row.element.querySelector("[data-desk-tracked]");
        if (!change || change.hidden) {
          tell(messages.notReviewed);
          return;
        }
        const { text, content } = change.querySelector("[data-text]").dataset;
        if (!row.replace(text, "human", content)) return;
        saver.changed(row);
        saver.flush();
      },
      pane: () => sidebar.enterPane(),
      save: () => saver.flushAll(),
      keepMine: (row) => decide(row, saver.keepMine(row)),
      takeTheirs: (row) => decide(row, saver.takeTheirs(row)),
      keys: showKeys,
      ...Object.assign({}, ...tools.map((tool) => tool.commands)),
    };
    const FREE = new Set([
      ...["keys", "unfinished", "next", "previous", "finding", "save"],
      ...["search", "fill", "submit", "confirmExact"],
    ]);
    // What changes a segment: nothing does while the translation is locked.
    const WRITING = new Set([
      ...["confirm", "confirmExact", "copySource", "suggestion", "nthName", "name", "tag", "fix"],
      "stillRight",
      ...["leaveOut", "join", "takeBack", "keepMine", "takeTheirs"],
    ]);

    const act = (name, row, detail) => {
      if (desk.isLocked() && WRITING.has(name)) tell(messages.readOnly);
      else deeds[name](row, detail);
    };

    /* Whether the desk knew what to do. */
    const run = (name, detail) => {
      const dialog = root.querySelector("dialog[open]");
      if (dialog && !(dialog === keyList && name === "keys")) return false;
      // A schedule isn't a segment's: it is saved with the whole form.
      if (name === "save" && (!saver.isOn || others() !== loaded)) return false;
      const row = current();
      if (!row && !FREE.has(name)) return false;
      // No command reads what stood there a moment ago.
      saver.settleTexts();
      if (row && !FREE.has(name)) follow(row);
      act(name, row, detail);
      return true;
    };

    // What happens on the page

    root.addEventListener("input", ({ target, isTrusted }) => {
      const row = rowOf(target);
      if (isTrusted) row?.element.querySelector("[data-desk-composed]")?.remove();
      if (row && !target.closest("[data-desk-sidebar]")) changed(row);
    });
    /* A table's cells go into those of the table from that cell on, where each has a place that is
       empty; what has no place (a figure) has no letters. */
    const spread = (event) => {
      const row = rowOf(event.target);
      const [, table, top, left] = row?.key.match(/^(.+\/r)(\d+)c(\d+)$/) || [];
      const lines = event.clipboardData.getData("text/plain").trimEnd().split(/\r?\n/);
      const cells = lines.flatMap((line, down) =>
        line.split("\t").map((words, right) => ({
          words: words.trim(),
          row: saver.byKey.get(`${table}${Number(top) + down}c${Number(left) + right}`),
        })),
      );
      const hasPlace = ({ words, row: one }) =>
        one ? one === row || !one.text.plain.trim() : !/\p{L}/u.test(words);
      if (!table || desk.isLocked() || row.text.plain.trim()) return;
      if (cells.length < 2 || !cells.every(hasPlace)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      cells
        .filter((one) => one.row && one.words)
        .forEach((one) => one.row.replace(one.words, "human") && changed(one.row));
      go(row);
    };
    root.addEventListener("paste", spread, true);
    root.addEventListener("change", ({ target }) => {
      const row = rowOf(target);
      if (!row || target.type !== "checkbox" || target.closest("[data-desk-sidebar]")) return;
      if (target.name.startsWith("segment-still-right") && target.checked) row.stillRight();
      changed(row);
      saver.flush();
    });
    root.addEventListener("focusin", ({ target, relatedTarget }) => {
      const row = rowOf(target);
      if (!row) return;
      if (rowOf(relatedTarget) !== row && !row.isBusy) row.see();
      if (target.matches("[data-desk-still]")) row.text.focus();
      follow(row);
    });
    root.addEventListener("keyup", ({ target }) => {
      if (rowOf(target)) view.follow(rowOf(target));
    });
    root.addEventListener("focusout", ({ target, relatedTarget }) => {
      const row = rowOf(target);
      if (!row || row === rowOf(relatedTarget)) return;
      if (row.quietIn) findings.later();
      row.typedAt = 0;
      row.told = "";
      row.text.settle();
      if (row.isDirty && !saver.trouble) saver.flush();
    });
    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-desk-do]");
      const row = rowOf(button) || (button && sidebar.row);
      if (row) act(button.dataset.deskDo, row);
      const tag = target.closest("[data-desk-tag]");
      if (tag?.type === "button") {
        follow(rowOf(tag));
        sidebar.insertTag(rowOf(tag), tag.dataset.deskTag);
      }
    });
    // Boxes can't be read-only.
    root.addEventListener("click", (event) => {
      if (desk.isLocked() && event.target.matches("[data-desk-row] [type=checkbox]"))
        event.preventDefault();
    });
    root.addEventListener("mousedown", (event) => {
      if (event.target.closest("button[data-desk-tag]")) event.preventDefault();
    });
    root.addEventListener("desk:aids", () => {
      const { progress, source: version } =
        root.querySelector("[data-desk-fragment]")?.dataset || {};
      if (progress && saver.isOn) showProgress(JSON.parse(progress));
      source.hear(version);
    });
    root.addEventListener("desk:posted", ({ detail }) => {
      findings.later();
      // The numbers by segment that an answer has.
      const { open, marks = {} } = detail;
      const numbers = Object.entries(marks).map(([name, counts]) => [`mark="${name}"`, counts]);
      [["comments", open], ...numbers].forEach(([name, counts]) => {
        if (!counts) return;
        rows.forEach((row) => row.showNumber(name, counts[row.key] || 0));
      });
    });
    root.querySelectorAll("[data-desk-do=confirm]").forEach((button) => {
      button.disabled = !saver.isOn;
    });
    root.querySelector("[data-desk-unfinished]").addEventListener("click", nextUnfinished);
    root.querySelector("[data-desk-findings]").addEventListener("click", nextFinding);
    const filter = root.querySelector("[data-desk-filter]");
    const search = root.querySelector("[data-desk-search]");
    const has = (row, words) =>
      [row.source.textContent, row.text.plain].some((text) => text.toLowerCase().includes(words));
    const narrow = () => {
      const words = search.value.trim().toLowerCase();
      rows.forEach((row) => {
        row.element.hidden = !(isOf(row, filter.value) && has(row, words));
      });
      const number = rows.filter((row) => !row.element.hidden).length;
      if (words) tell(desk.say(messages.found, { number }));
      else saver.show();
    };
    filter.addEventListener("change", narrow);
    search.addEventListener("input", narrow);
    // Enter leads to the first that has it, Esc shows all again where one was.
    search.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (!["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape") search.value = "";
      narrow();
      const shown = rows.filter((row) => !row.element.hidden);
      go(event.key === "Escape" ? sidebar.row || shown[0] : shown[0]);
    });
    root.querySelector("[data-desk-keys]").addEventListener("click", showKeys);
    keyList.querySelector("[data-desk-close]").addEventListener("click", showKeys);
    root.querySelector("[data-desk-retry]").addEventListener("click", () => saver.flush());
    window.addEventListener("online", () => saver.flush());
    window.addEventListener("focus", () => {
      repetitions.again();
      if (saver.trouble) saver.flush();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") saver.flush();
    });
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) saver.flush();
    });
    window.addEventListener("pagehide", () => saver.leave());
    keys.listen(run);

    // What is typed while a button has the focus, or what had it is gone, is meant for a text.
    document.addEventListener("keydown", (event) => {
      const { key, target } = event;
      const isWriting = [...key].length === 1 && !NO_TEXT.has(key);
      const isForeign = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
      const isHere = root.contains(target) || target === document.body;
      if (!isWriting || isForeign || !isHere || desk.isTyping(event)) return;
      if (!root.querySelector("dialog[open]")) current()?.text.focus();
    });

    // A hundred editors take seconds to start: they start as the screen comes near them.
    const near = new IntersectionObserver(
      (entries) => {
        entries
          .filter((entry) => entry.isIntersecting)
          .forEach(({ target }) => {
            near.unobserve(target);
            rowOf(target).text.mount();
          });
      },
      { rootMargin: NEAR },
    );
    elements.forEach((element) => near.observe(element));

    let isSent = false;
    form.setAttribute("data-w-unsaved-confirmation-value", String(!saver.url));
    form.addEventListener("submit", () => {
      isSent = true;
    });
    desk.askAboutDrafts(root, form, { rows, unsent: sidebar.unsent, go });
    window.addEventListener("beforeunload", (event) => {
      if (!isSent && (saver.unkept.size || others() !== loaded)) event.preventDefault();
    });

    /* A paragraph that a kept text was for is gone from the story: the text is shown. */
    const showLost = (change, drop) => {
      const box = root.querySelector("[data-desk-lost]");
      let raw = null;
      try {
        raw = JSON.parse(change.target);
      } catch {
        /* A plain text. */
      }
      const text = raw?.blocks ? raw.blocks.map((block) => block.text).join("\n") : change.target;
      const line = box.content.firstElementChild.cloneNode(true);
      line.querySelector("blockquote").textContent = text;
      const discard = line.querySelector("button");
      discard.addEventListener("click", () => {
        // It stands nowhere else.
        if (!confirm(discard.dataset.sure)) return;
        drop();
        line.remove();
      });
      box.after(line);
    };

    // A refused form is shown again with all that was typed, and nothing of it is stored. A row that
    // holds what is stored has nothing to say against words that are kept for it.
    if (isShownAgain)
      rows.filter((row) => "unsaved" in row.element.dataset).forEach((row) => row.isntStored());
    saver.restore(showLost).then(() => isShownAgain && saver.flush());
    saver.show();
    exact.show();
    desk.flushAll = () => saver.flushAll();

    // A link to a segment, the one that a refused form complains of, or where one was. A story that
    // has just come back from its review opens at what its reviewer says.
    const linked = () =>
      rowOf(/^#row-\d+$/.test(location.hash) && root.querySelector(location.hash));
    const wrong = root.querySelector(".archive-desk__row--error");
    const first = linked() || rowOf(wrong) || saver.byKey.get(view.lastPlace);
    window.addEventListener("hashchange", () => go(linked()));
    // Wagtail's tabs come late, and nothing hidden takes the focus.
    const shown = new IntersectionObserver(() => {
      if (!root.offsetParent) return;
      shown.disconnect();
      if (rowOf(document.activeElement)) return;
      if (first) {
        opened = first;
        go(first);
      } else if (root.dataset.returned) root.querySelector("[data-desk-review]").focus();
    });
    shown.observe(root);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
