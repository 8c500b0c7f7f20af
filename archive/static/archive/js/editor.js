/* The forms of stories and translations. */
(() => {
  "use strict";

  /* A story shows the text fields of the language that it is written in. */
  const showFieldsOf = (language) => {
    document.querySelectorAll("[data-archive-language]").forEach((fields) => {
      const panel = fields.closest(".w-panel") || fields;
      panel.hidden = fields.dataset.archiveLanguage !== language;
    });
    tidyMap();
  };

  /* Wagtail's map of the form, at the screen's edge, has a line for each panel, also for those that
     aren't shown and for blocks that were deleted: they stay in the page. */
  const tidyMap = () => {
    for (const line of document.querySelectorAll(".w-minimap-item")) {
      const panel = document.getElementById(line.getAttribute("href").slice(1));
      const block = panel?.closest("[data-streamfield-child]");
      const isDeleted = block?.querySelector(':scope > [name$="-deleted"]')?.value === "1";
      line.hidden = Boolean(panel?.closest(".w-panel[hidden]") || isDeleted);
    }
  };

  // A block goes after the click on its bin; Wagtail draws the map anew some time later.
  const MAP_MS = 1000;
  const tidyMapSoon = () => window.setTimeout(tidyMap, MAP_MS);
  for (const name of ["click", "w-unsaved:add"]) document.addEventListener(name, tidyMapSoon, true);

  /* A section is one of the story's publication, so its chooser opens there. */
  const openAtPublication = () => {
    const publication = document.querySelector("select[name=publication]");
    const widget = document.getElementById("id_section-chooser")?.widget;
    if (!publication || !widget) return;
    const options = widget.getModalOptions.bind(widget);
    widget.getModalOptions = () => {
      const parentId = publication.value;
      return parentId ? { ...options(), parentId } : options();
    };
  };

  const followLanguage = () => {
    const choice = document.querySelector('[name="source_language"]');
    if (!choice) return;
    showFieldsOf(choice.value);
    choice.addEventListener("change", () => showFieldsOf(choice.value));
  };

  /* Whoever presses Ctrl+S right after the last key would lose words, or be told that they have
     overtaken themselves: Draftail hands its text to the form a quarter of a second later, and an
     autosave may be under way, or a picture that was dropped. So buttons wait for all of them. */
  const DRAFTAIL_MS = 300;
  const NO_WORDS = /^(csrfmiddlewaretoken|next|(loaded|overwrite)_revision_.*|comments-.*)$/;
  let isAutosaving = false;
  let isSettled = false;
  let isWaiting = false;

  let sent = null;

  const watchAutosave = () => {
    // After whoever may stop it.
    window.addEventListener("w-autosave:save", (event) => {
      if (event.defaultPrevented) return;
      isAutosaving = true;
      sent = event.detail.formData;
    });
    document.addEventListener("w-autosave:error", () => {
      isAutosaving = false;
    });
    document.addEventListener("w-autosave:success", (event) => {
      isAutosaving = false;
      saveWhatWasTypedMeanwhile(event);
    });
  };

  /* Once an autosave is answered, Wagtail takes all that the form holds by then for saved: also the
     words that were typed while the request was under way. They are saved here. */
  const saveWhatWasTypedMeanwhile = ({ target: form, detail }) => {
    const updates = detail.data?.field_updates || {};
    const words = (data) =>
      JSON.stringify(
        [...data].filter(([name]) => !(name in updates || NO_WORDS.test(name))).map(String),
      );
    if (sent && words(sent) !== words(new FormData(form))) {
      const type = "w-unsaved:add";
      form.dispatchEvent(
        new CustomEvent(type, { bubbles: true, cancelable: true, detail: { type: "edits" } }),
      );
    }
  };

  /* However long it takes: a new story that is on its way twice would be two. */
  const whenSettled = (goOn) => {
    let isSending = false;
    const look = () => {
      if (isAutosaving || isSending || window.ArchiveBody?.isBusy()) window.setTimeout(look, 50);
      else goOn();
    };
    window.setTimeout(() => {
      // The translators' desk saves segment by segment; what is left goes first.
      const sent = window.ArchiveDesk?.flushAll?.();
      if (sent) {
        isSending = true;
        sent.finally(() => {
          isSending = false;
        });
      }
      look();
    }, DRAFTAIL_MS);
  };

  /* An autosave beside the request that saves would make a second page of a new one. It goes on
     should the request come to nothing, as when one presses Escape. */
  let pauses = 0;
  const pauseAutosave = (form) => {
    const name = "data-w-autosave-active-value";
    form.setAttribute(name, "false");
    pauses += 1;
    const own = pauses;
    const goOn = () => own === pauses && form.setAttribute(name, "true");
    if (window.navigation) {
      const follow = ({ signal }) => signal.addEventListener("abort", goOn);
      window.navigation.addEventListener("navigate", follow, { once: true });
    } else {
      document.addEventListener("keydown", ({ key }) => key === "Escape" && goOn());
    }
    return goOn;
  };

  const holdSubmit = (event) => {
    const { target: form, submitter } = event;
    if (isSettled || !form.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isWaiting) return;
    isWaiting = true;
    const settle = () => {
      isSettled = true;
    };
    const refusals = window.ArchiveBody?.refusals || [];
    const known = refusals.length;
    whenSettled(async () => {
      // Whoever goes on would never see why a picture isn't there.
      if (refusals.length > known) {
        isWaiting = false;
        const { textNotSent } = document.querySelector("[data-archive-story-form]").dataset;
        window.ArchiveSession.release(submitter);
        window.ArchiveSession.say([...refusals.slice(known), textNotSent].join(" "));
        return;
      }
      // None may begin either while it is asked whether the session still stands.
      const goOn = pauseAutosave(form);
      const trouble = await window.ArchiveSession.submit(form, submitter, settle);
      isSettled = false;
      isWaiting = false;
      if (!trouble) return;
      goOn();
      window.ArchiveSession.say(trouble);
    });
  };

  /* Wagtail asks whoever leaves by what the form holds: of the last words it doesn't know yet. */
  let changedAt = Number.NEGATIVE_INFINITY;
  const CHANGING = new Set(["Backspace", "Delete", "Enter"]);
  const noteChange = (event) => {
    if (event.type === "keydown" && !CHANGING.has(event.key)) return;
    if (event.target.closest?.(".Draftail-Editor")) changedAt = performance.now();
  };
  const askBeforeLeaving = (event) => {
    if (!isWaiting && performance.now() - changedAt < DRAFTAIL_MS) event.preventDefault();
  };

  /* After a refused save Wagtail autosaves once, then stops looking for changes: what is typed from
     then on would be lost in silence. Another interval makes it look again. */
  const lookForChangesAgain = () => {
    const form = document.querySelector('[data-edit-form][data-w-unsaved-force-value="true"]');
    if (!form) return;
    form.addEventListener(
      "w-autosave:success",
      () => form.setAttribute("data-w-unsaved-check-interval-value", "501"),
      { once: true },
    );
  };

  /* Wagtail asks in a dialog before it overwrites a newer version, or sends a form without a line, if
     it has heard of that by then. Here the form itself refuses, and shows what is newer or says that
     the server can't be reached: so nobody has to say it twice. */
  const askOnce = (event) => {
    if (!event.target.closest("[data-edit-form] button")) return;
    if (!document.querySelector("[data-archive-language], [data-archive-desk]")) return;
    const heard = ["conflict", "network"].map((one) => `[data-w-session-intercept-value="${one}"]`);
    const session = document.querySelector(heard.join());
    if (session) session.setAttribute("data-w-session-intercept-value", "");
  };

  /* Tab leads from field to field. Wagtail's buttons for comments, which are seen only below the
     mouse, are between them while the comments are open. */
  const passComments = ({ key }) => {
    if (key !== "Tab") return;
    const isOpen = document.querySelector('[data-side-panel="comments"]:not([hidden])');
    document.querySelectorAll("[data-comment-add]").forEach((button) => {
      button.tabIndex = isOpen ? 0 : -1;
    });
  };

  /* What browsers show as blocks (in HTML's section on rendering), and Draft.js runs together or leaves
     out, as it does at times with those that it knows. */
  const UNKNOWN = `address, article, aside, center, dd, details, dialog, div, dl, dt, fieldset,
    figcaption, figure, footer, form, header, hgroup, legend, main, nav, search, section, summary`;
  const BLOCKS = `p, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, pre, ${UNKNOWN}`;

  const ABROAD = /^\s*(?:https?|mailto|tel):/i;

  /* A table's rows as lines of its cells' words. */
  const linesOf = (table) => {
    table.querySelectorAll(BLOCKS).forEach((one) => one.after(" "));
    table.querySelectorAll(BLOCKS).forEach((one) => one.replaceWith(...one.childNodes));
    const words = (cell) => cell.innerHTML.replace(/\s+/g, " ").trim();
    const rows = [...table.rows].map((row) => [...row.cells].map(words).join(" "));
    const lines = document.createElement("p");
    lines.innerHTML = [...(table.caption ? [words(table.caption)] : []), ...rows].join("<br>");
    return lines;
  };

  /* Words beside a block are a block of their own. */
  const wrapLoose = (parent) => {
    let run = [];
    const close = () => {
      if (run.some((one) => one.textContent.trim())) {
        const block = document.createElement("p");
        run[0].before(block);
        block.append(...run);
      }
      run = [];
    };
    [...parent.childNodes].forEach((node) => {
      if (node.matches?.(BLOCKS)) close();
      else run.push(node);
    });
    close();
  };

  const partPasted = (event) => {
    const { target, clipboardData, defaultPrevented } = event;
    const html = clipboardData?.getData("text/html");
    const isOwn = /data-(editor|draftjs)/.test(html);
    if (!html || isOwn || defaultPrevented || !target.closest?.(".public-DraftEditor-content"))
      return;
    const { body } = new DOMParser().parseFromString(html, "text/html");
    // A link within the text's own page, as Word's to a footnote, would be one of the admin's here.
    body.querySelectorAll("a").forEach((link) => {
      if (!ABROAD.test(link.getAttribute("href") || "")) link.replaceWith(...link.childNodes);
    });
    // The inner ones first.
    [...body.querySelectorAll("table")].reverse().forEach((one) => one.replaceWith(linesOf(one)));
    const parents = [...body.querySelectorAll(BLOCKS)].map((one) => one.parentElement);
    new Set(parents).forEach((one) => !one.matches("ul, ol, li") && wrapLoose(one));
    body.querySelectorAll(UNKNOWN).forEach((one) => {
      const known = document.createElement(one.querySelector(BLOCKS) ? "div" : "p");
      known.append(...one.childNodes);
      one.replaceWith(known);
    });
    const data = new DataTransfer();
    data.setData("text/plain", clipboardData.getData("text/plain"));
    data.setData("text/html", `<div data-draftjs>${body.innerHTML}</div>`);
    event.preventDefault();
    event.stopImmediatePropagation();
    const parted = { clipboardData: data, bubbles: true, cancelable: true };
    target.dispatchEvent(new ClipboardEvent("paste", parted));
  };

  const draftailOf = (target) =>
    target
      .closest?.(".public-DraftEditor-content")
      ?.closest(".Draftail-Editor__wrapper")
      ?.parentNode.querySelector("[data-draftail-input]")?.draftailEditor;

  /* Draft.js makes one step of undo of all that is typed in a row: after a pause another begins. */
  const STEP_MS = 1_000;
  let stepTimer = 0;
  const endStep = ({ target, type, isComposing }) => {
    window.clearTimeout(stepTimer);
    const editor = draftailOf(target);
    if (!editor || isComposing || type === "compositionstart") return;
    stepTimer = window.setTimeout(() => {
      const ended = { lastChangeType: null };
      editor.onChange(window.DraftJS.EditorState.set(editor.getEditorState(), ended));
    }, STEP_MS);
  };

  /* A text's other key for what was undone, which Draftail doesn't know. */
  const redoByY = (event) => {
    const { key, ctrlKey, altKey, metaKey, shiftKey, target } = event;
    if (key.toLowerCase() !== "y" || !ctrlKey || altKey || metaKey || shiftKey) return;
    const editor = draftailOf(target);
    const state = editor?.getEditorState();
    if (!state?.getRedoStack().size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    editor.onChange(window.DraftJS.EditorState.redo(state));
  };

  // A letter from a panel or by voice comes without a key.
  for (const kind of ["keyup", "beforeinput", "compositionstart", "compositionend"])
    document.addEventListener(kind, endStep, true);

  const start = () => {
    document.addEventListener("keydown", redoByY, true);
    followLanguage();
    openAtPublication();
    lookForChangesAgain();
    // After the story's own reader of pasted texts.
    document.addEventListener("paste", partPasted, true);
  };

  watchAutosave();
  for (const kind of ["beforeinput", "keydown", "paste", "cut", "drop"])
    document.addEventListener(kind, noteChange, true);
  window.addEventListener("beforeunload", askBeforeLeaving);
  document.addEventListener("submit", holdSubmit, true);
  document.addEventListener("click", askOnce, true);
  document.addEventListener("keydown", passComments, true);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
