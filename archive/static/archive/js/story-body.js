/* Writing a story's body: a paragraph is a block.
 *
 * What is pasted becomes blocks, as the server's reader of texts has it; Enter makes the next
 * paragraph, Backspace joins two; pictures are dropped where they belong.
 */
(() => {
  "use strict";

  const FLOAT_MS = 10_000;
  const BODY = '[data-contentpath^="body"]';
  const PICTURES = /^image\/(jpeg|png|gif|webp|avif|svg\+xml)$/;
  const BLOCKS = /<(h[1-6]|li|table|blockquote|figure|tr)\b/i;

  const panel = () => document.querySelector("[data-archive-story-form]");
  // What was done to the form, the last one at the end: taken back one by one.
  const steps = [];

  const show = (text, canUndo) => {
    const bar = panel().querySelector("[data-form-said]");
    bar.querySelector("[data-form-words]").textContent = text;
    const button = bar.querySelector("[data-form-undo]");
    button.hidden = !canUndo;
    button.onclick = takeBack;
    bar.hidden = !text;
    bar.removeAttribute("data-floats");
  };

  /* The bar comes to where a block was deleted, far below its place, for a while. */
  const floatBar = () => {
    const bar = panel().querySelector("[data-form-said]");
    bar.dataset.floats = "";
    window.setTimeout(() => bar.removeAttribute("data-floats"), FLOAT_MS);
  };

  const say = (text) => show(text, false);

  /* Why a key did nothing, by the name of the words, where it is seen; what the bar offers stays. */
  const tell = (name) => {
    show(panel().dataset[name], Boolean(steps.length));
    floatBar();
  };

  const done = (text, undo) => {
    const step = { text, undo };
    steps.push(step);
    show(text, true);
    return step;
  };

  /* A step says false if it leaves something, as somebody has gone on with it. */
  const takeBack = () => {
    const isWhole = steps.pop()?.undo() !== false;
    const { textUndone, textStays } = panel().dataset;
    const before = steps.at(-1);
    const told = [isWhole ? textUndone : textStays, before?.text];
    show(told.filter(Boolean).join(" "), Boolean(before));
  };

  /* A step of the history that the bar offers to take back, too. */
  const offerBack = (step, text, takeBackAll) => {
    const told = done(text, takeBackAll);
    step.undo = () => steps.at(-1) === told && takeBack();
  };

  const tellDeleted = (step) => {
    const offer = () => {
      offerBack(step, panel().dataset.textDeleted, () => window.ArchiveHistory.takeBack(step));
      floatBar();
    };
    step.redo = offer;
    offer();
  };

  // The body as Wagtail's StreamField keeps it

  const streamOf = (body) =>
    [...body.querySelectorAll('[id$="-root"]')].map((one) => one.rootBlock).find(Boolean);

  const bodyIn = (language) =>
    document.querySelector(`[data-contentpath="body_${language.replace("-", "_")}"]`);

  const isShown = (body) => !body.closest("[data-archive-language]")?.closest(".w-panel")?.hidden;

  const shownBody = () => [...document.querySelectorAll(BODY)].find(isShown);

  const languageOf = (body) =>
    body.closest("[data-archive-language]")?.dataset.archiveLanguage || "";

  const childWith = (stream, element) =>
    stream.children.find((child) => child.element.contains(element));

  const { editorOf, isParagraph, withId, wordsOf } = window.ArchiveHistory;

  const contentOf = (child) => editorOf(child)?.getEditorState().getCurrentContent();

  const hasText = ({ block: { widget } }) => Boolean(widget.getTextLabel());

  /* An editor that waits to be started has said all; one that is written in says it late. */
  const isBlank = (child) =>
    isParagraph(child) &&
    !(child.block.widget?.isWaiting ? hasText(child) : contentOf(child)?.hasText());

  /* A template's blocks that nobody has filled in hold no text either. */
  const isUnfilled = (value) =>
    !value || (typeof value === "object" && Object.values(value).every(isUnfilled));

  const isEmpty = (stream) =>
    stream.children.every((child) =>
      isParagraph(child) ? isBlank(child) : isUnfilled(child.block.getValue()),
    );

  const writeAt = (child, atEnd) => {
    const editor = editorOf(child);
    if (!editor) return;
    const { EditorState, SelectionState } = window.DraftJS;
    const state = editor.getEditorState();
    const first = state.getCurrentContent().getFirstBlock().getKey();
    const selection = atEnd
      ? EditorState.moveSelectionToEnd(state).getSelection()
      : SelectionState.createEmpty(first);
    editor.onChange(EditorState.forceSelection(state, selection));
    editor.focus();
  };

  const newParagraph = (stream, at) => {
    const value = stream.blockDef.initialChildStates.paragraph;
    return stream.insert({ type: "paragraph", value, id: crypto.randomUUID() }, at);
  };

  // What was sent and has no answer yet, and what such answers have refused: a save waits for them.
  let underWay = 0;
  const refusals = [];
  // Of them, the pictures that whoever leaves the page would lose.
  let uploads = 0;
  // What the person has done: what an answer brings takes the cursor only from who still waits.
  let deeds = 0;
  const MODIFIERS = ["Control", "Shift", "Alt", "Meta"];
  const countDeed = ({ key }) => {
    if (!MODIFIERS.includes(key)) deeds += 1;
  };

  const send = async (url, fields, name = "") => {
    underWay += 1;
    const answer = await answerTo(url, fields);
    underWay -= 1;
    if (answer.error) {
      answer.error = [name, answer.error].filter(Boolean).join(": ");
      refusals.push(answer.error);
    }
    return answer;
  };

  const isBusy = () => underWay > 0;

  const answerTo = async (url, fields) => {
    const form = new FormData();
    for (const [name, values] of Object.entries(fields)) {
      for (const value of [values].flat()) form.append(name, value);
    }
    try {
      return await (await window.ArchiveSession.ask(url, { method: "POST", body: form })).json();
    } catch ({ message }) {
      return { error: message };
    }
  };

  // Pasting

  const isSeveral = (html, text) =>
    BLOCKS.test(html) ||
    /\S[ \t]*[\r\n]+\s*\S/.test(text) ||
    (html.match(/<p\b/gi) || []).length > 1;

  /* Where a paste goes: into a paragraph of the body, or, with the keys in no field, into it all. */
  const placeOf = (target) => {
    const field = target.closest?.('input, textarea, select, [contenteditable="true"]');
    const body = target.closest?.(BODY) || (field ? null : shownBody());
    const stream = body && streamOf(body);
    if (!stream) return null;
    const child = childWith(stream, target);
    if (field && !(isParagraph(child) && target.closest(".Draftail-Editor"))) return null;
    return { body, stream, child, isInText: Boolean(field) };
  };

  const onPaste = (event) => {
    if (!panel() || event.target.closest?.('[role="dialog"]')) return;
    const place = placeOf(event.target);
    if (!place) return;
    const { clipboardData } = event;
    const html = clipboardData.getData("text/html");
    const text = clipboardData.getData("text/plain");
    const files = [...clipboardData.files].filter((file) => PICTURES.test(file.type));
    const isText = text.trim() !== "";
    if (!isText && files.length) {
      event.preventDefault();
      takePictures(place.stream, place.child, files);
    } else if (isText && (!place.isInText || isSeveral(html, text))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      paste(place, html, text);
    }
  };

  const paste = async ({ body, stream, child }, html, text) => {
    const whole = isEmpty(stream);
    const before = deeds;
    say(panel().dataset.textReading);
    const fields = { html, text, language: languageOf(body), whole: whole ? "1" : "" };
    fields.filled = whole ? filledFields() : [];
    const answer = await send(panel().dataset.pasteUrl, fields);
    // What the server doesn't read is there all the same, as by the browser's own pasting.
    if (answer.error) Object.assign(answer, asPlain(text, languageOf(body)));
    const choice = languageChoice();
    const language = choice?.value;
    const target = whole ? streamIn(answer.language) || stream : stream;
    const subheads = whole ? target.children.filter((one) => one.type === "subhead") : [];
    const chosen = choice?.value;
    const place = target === stream ? child : null;
    let added = [];
    const change = window.ArchiveHistory.change(target, place, () => {
      added = insert(target, place, answer.blocks);
      if (added.length) for (const one of subheads) remove(target, one);
    });
    const offer = () => {
      if (choice && choice.value !== chosen) choose(choice, chosen);
      const leave = answer.unplaced.length ? window.ArchiveUnplaced.add(answer.unplaced) : () => {};
      let close = () => {};
      offerBack(change, answer.error || answer.message, () => {
        close();
        leave();
        const ids = answer.blocks.map(({ id }) => id);
        const isWhole = window.ArchiveHistory.takeBack(change, ids);
        if (choice && choice.value !== language) choose(choice, language);
        return isWhole;
      });
      if (!answer.found) return;
      const states = new Map(answer.blocks.map((block) => [block.id, block]));
      const take = (id, rest) => replaceBlock(target, states.get(id), rest);
      const isAwaited = deeds === before;
      close = window.ArchiveFound.show(answer.found, { take, isAwaited });
    };
    change.redo = offer;
    offer();
    const last = added.filter(isParagraph).at(-1);
    if (last && !answer.found && deeds === before) writeAt(last, true);
  };

  /* The lines of a text as an answer has a story: each a paragraph. */
  const asPlain = (text, language) => {
    const { ContentState, convertToRaw } = window.DraftJS;
    const lines = text.split(/[\r\n]+/).map((line) => line.trim());
    const blocks = lines.filter(Boolean).map((line) => ({
      type: "paragraph",
      value: JSON.stringify(convertToRaw(ContentState.createFromText(line))),
      id: crypto.randomUUID(),
    }));
    return { language, blocks, unplaced: [] };
  };

  /* A story that nobody has saved may be pasted in the other language: the form follows. */
  const streamIn = (language) => {
    const choice = languageChoice();
    const body = bodyIn(language);
    if (!body || (!choice && !isShown(body))) return null;
    if (choice && choice.value !== language) choose(choice, language);
    return streamOf(body);
  };

  const languageChoice = () => document.querySelector('[data-edit-form] [name="source_language"]');

  const choose = (choice, language) => {
    choice.value = language;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* Fields that somebody has written in: what a text says for them is only shown. */
  const filledFields = () => {
    const inputs = 'input[type="text"], input[type="url"], textarea';
    return [...document.querySelectorAll(`[data-edit-form] :is(${inputs})[name]`)]
      .filter((one) => one.value.trim() && !one.closest(BODY))
      .map((one) => one.name);
  };

  /* The blocks, behind the child or in its place if it is blank; without one, at the end. */
  const insert = (stream, child, blocks) => {
    if (isParagraph(child) && !isBlank(child)) splitAtCursor(stream, child);
    let at = child ? child.index + 1 : stream.children.length;
    const added = blocks.map((block) => stream.insert(block, at++));
    stream.children
      .filter((one) => isBlank(one) && !added.includes(one))
      .forEach((one) => {
        if (added.length) remove(stream, one);
      });
    return added;
  };

  const remove = (stream, child) => {
    if (child && stream.children[child.index] === child) stream.deleteBlock(child.index, {});
  };

  /* Whether a paragraph still has the words that it was made with, and their links and styles. */
  const isAsMade = (child, { value }) =>
    child.block.widget?.isWaiting || wordsOf(child) === wordsOf(child, value);

  /* A block gives way to another, or to none, if nobody has written in it; where somebody has, only
   * the words that are to go leave it. Gives what puts it back, where it was; nothing where its
   * words can't be taken out and stay. */
  const replaceBlock = (stream, made, rest) => {
    const child = withId(stream, made.id);
    if (!child) return isGone(stream, made, rest) ? () => {} : null;
    if (!isAsMade(child, made)) {
      if (!rest || !cut(child, taken(made, rest))) return null;
      return () => putBack(withId(stream, made.id), made, rest);
    }
    const at = child.index;
    remove(stream, child);
    if (rest) stream.insert(rest, at);
    return () => {
      const left = rest && withId(stream, rest.id);
      // Somebody has gone on with the rest: only what was taken out of it comes back.
      if (left && !isAsMade(left, rest)) {
        putBack(left, made, rest);
        return;
      }
      remove(stream, left);
      const words = rest && !left && asPlain(taken(made, rest).text, "").blocks;
      for (const block of words || [made])
        stream.insert(block, Math.min(at, stream.children.length));
    };
  };

  /* Whether no paragraph has the words that a block which was joined or deleted was to lose. */
  const isGone = (stream, made, rest) => {
    const { text } = rest ? taken(made, rest) : { text: madeText(made).join("\n") };
    return !stream.children.some((one) => wordsOf(one).includes(JSON.stringify(text).slice(1, -1)));
  };

  const madeText = ({ value }) => JSON.parse(value).blocks.map(({ text }) => text);

  /* What a paragraph had that its rest hasn't, and whether it stood before the rest. */
  const taken = (made, rest) => {
    const [whole, left] = [made, rest].map((one) => madeText(one).join("\n"));
    let behind = 0;
    while (behind < left.length && whole.at(-1 - behind) === left.at(-1 - behind)) behind += 1;
    let before = 0;
    while (before < left.length - behind && whole[before] === left[before]) before += 1;
    return { text: whole.slice(before, whole.length - behind), isBefore: before === 0 };
  };

  /* Words out of the start of a paragraph or its end; whether they stood there. */
  const cut = (child, { text, isBefore }) => {
    const { Modifier, SelectionState } = window.DraftJS;
    const content = contentOf(child);
    const block = isBefore ? content.getFirstBlock() : content.getLastBlock();
    const at = isBefore ? 0 : block.getLength() - text.length;
    if (at < 0 || !block.getText().startsWith(text, at)) return false;
    const place = SelectionState.createEmpty(block.getKey()).merge({
      anchorOffset: at,
      focusOffset: at + text.length,
    });
    push(child, Modifier.removeRange(content, place, "forward"), "remove-range");
    return true;
  };

  const putBack = (child, made, rest) => {
    if (!child) return;
    const { EditorState, Modifier, SelectionState } = window.DraftJS;
    const state = editorOf(child).getEditorState();
    const content = state.getCurrentContent();
    const { text, isBefore } = taken(made, rest);
    const place = isBefore
      ? SelectionState.createEmpty(content.getFirstBlock().getKey())
      : EditorState.moveSelectionToEnd(state).getSelection();
    push(child, Modifier.insertText(content, place, text), "insert-characters");
  };

  const push = (child, content, kind) => {
    const { fresh, unfocused } = window.ArchiveHistory;
    const editor = editorOf(child);
    const next = window.DraftJS.EditorState.push(editor.getEditorState(), content, kind);
    editor.onChange(fresh(unfocused(next)));
    editor.saveState();
  };

  /* Words at the end of the body; gives what takes them out again, unless somebody has gone on with
   * them, and says whether it did; nothing where it failed. */
  const append = async (words) => {
    const body = shownBody();
    const stream = streamOf(body);
    const fields = { html: "", text: words, language: languageOf(body), whole: "" };
    const answer = await send(panel().dataset.pasteUrl, fields);
    if (answer.error) {
      say(answer.error);
      return null;
    }
    insert(stream, stream.children.at(-1), answer.blocks);
    return () => {
      const left = answer.blocks.filter((block) => {
        const child = withId(stream, block.id);
        return child && isAsMade(child, block);
      });
      for (const { id } of left) remove(stream, withId(stream, id));
      return left.length === answer.blocks.length;
    };
  };

  /* Each half's cursor stands in a block that it has: the browser tells of the old one still. */
  const split = (stream, child, state) => {
    const { stateBefore, stateAfter, shouldMoveCommentFn } = window.draftail.splitState(state);
    const { fresh, unfocused } = window.ArchiveHistory;
    const halves = [stateBefore, stateAfter].map((half) => fresh(unfocused(half)));
    document.getSelection().removeAllRanges();
    stream.splitBlock(child.index, ...halves, shouldMoveCommentFn, {});
  };

  const splitAtCursor = (stream, child) => {
    const state = editorOf(child).getEditorState();
    const selection = state.getSelection();
    const content = state.getCurrentContent();
    const last = content.getLastBlock();
    const isAtEnd =
      selection.getEndKey() === last.getKey() && selection.getEndOffset() === last.getLength();
    if (!selection.getHasFocus() || isAtEnd) return;
    split(stream, child, state);
  };

  // Enter and Backspace

  const onKey = (event) => {
    const { key, target } = event;
    if (!(key === "Enter" || key === "Backspace") || !panel()) return;
    if (event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const body = target.closest?.(BODY);
    const stream = body && streamOf(body);
    const child = stream && childWith(stream, target);
    if (!child) return;
    const goesOn =
      key === "Enter"
        ? nextParagraph(stream, child, target)
        : joinParagraphs(stream, child, target);
    if (goesOn) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  const nextParagraph = (stream, child, target) => {
    if (child.type === "subhead" && target.matches("input")) {
      // A template has one there for the answer.
      const below = stream.children[child.index + 1];
      writeAt(isBlank(below) ? below : newParagraph(stream, child.index + 1), false);
      return true;
    }
    if (!isParagraph(child) || !target.matches(".public-DraftEditor-content")) return false;
    const editor = editorOf(child);
    const state = editor?.getEditorState();
    // With "/" one chooses a kind of block, by Enter.
    if (!state || window.Draftail.DraftUtils.getCommandPalettePrompt(state)) return false;
    window.ArchiveHistory.change(stream, child, () => {
      split(stream, child, state);
      editor.saveState();
    });
    writeAt(stream.children[child.index + 1], false);
    return true;
  };

  /* At the start of a paragraph: its words go on in the paragraph above. */
  const joinParagraphs = (stream, child, target) => {
    const above = stream.children[child.index - 1];
    if (!isParagraph(child) || !isParagraph(above)) return false;
    if (!target.matches(".public-DraftEditor-content")) return false;
    const state = editorOf(child).getEditorState();
    const selection = state.getSelection();
    const content = state.getCurrentContent();
    const isAtStart =
      selection.isCollapsed() &&
      selection.getStartOffset() === 0 &&
      selection.getStartKey() === content.getFirstBlock().getKey();
    if (!isAtStart) return false;
    // Started before the change is looked at.
    const editor = editorOf(above);
    window.ArchiveHistory.change(stream, child, () => join(stream, editor, child, content));
    editor.focus();
    return true;
  };

  const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

  /* Chinese sentences stand side by side. */
  const isSpaceMissing = (above, below) => {
    const [end, start] = [above.getPlainText().slice(-1), below.getPlainText().slice(0, 1)];
    return /[^\s]/.test(end) && /[^\s]/.test(start) && !WIDE.test(end) && !WIDE.test(start);
  };

  const join = (stream, editor, child, content) => {
    const { EditorState, Modifier } = window.DraftJS;
    document.getSelection().removeAllRanges();
    let before = EditorState.moveSelectionToEnd(editor.getEditorState());
    if (content.hasText()) {
      if (isSpaceMissing(before.getCurrentContent(), content)) {
        const spaced = Modifier.insertText(before.getCurrentContent(), before.getSelection(), " ");
        before = EditorState.moveSelectionToEnd(
          EditorState.set(before, { currentContent: spaced }),
        );
      }
      const end = before.getSelection();
      const joined = Modifier.replaceWithFragment(
        before.getCurrentContent(),
        end,
        content.getBlockMap(),
      );
      const next = EditorState.push(before, joined, "insert-fragment");
      const { fresh } = window.ArchiveHistory;
      editor.onChange(EditorState.forceSelection(fresh(next), end));
    } else {
      editor.onChange(EditorState.forceSelection(before, before.getSelection()));
    }
    editor.saveState();
    remove(stream, child);
  };

  // Pictures

  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

  const onDragOver = (event) => {
    if (!hasFiles(event) || !panel()) return;
    const body = event.target.closest?.(BODY);
    if (!body) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };

  const onDrop = (event) => {
    const body = panel() && hasFiles(event) && event.target.closest?.(BODY);
    const stream = body && streamOf(body);
    const files = [...(event.dataTransfer?.files || [])];
    if (!stream || !files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    takePictures(stream, childWith(stream, event.target) || nearest(stream, event.clientY), files);
  };

  const nearest = (stream, y) =>
    stream.children.findLast((child) => child.element.getBoundingClientRect().top < y);

  const takePictures = async (stream, child, files) => {
    let behind = child;
    let first = null;
    const { pictureUrl, textReading, textNoPicture } = panel().dataset;
    const before = deeds;
    const refused = files
      .filter((file) => !PICTURES.test(file.type))
      .map((file) => `${file.name}: ${textNoPicture}`);
    uploads += 1;
    say(textReading);
    for (const file of files.filter(({ type }) => PICTURES.test(type))) {
      const answer = await send(pictureUrl, { "image-chooser-upload-file": file }, file.name);
      if (answer.error) refused.push(answer.error);
      else behind = placePicture(stream, behind, answer.result);
      first = first || (answer.error ? null : behind);
    }
    uploads -= 1;
    say(refused.join(" "));
    if (refused.length) floatBar();
    if (deeds === before) first?.block.childBlocks.alt_text.focus();
  };

  /* A picture block without a picture, as a printed caption leaves it, takes it; else a new one. */
  const placePicture = (stream, child, picture) => {
    const own = child?.type === "image" && child.block.childBlocks.image;
    if (own && !own.getValue()) {
      window.ArchiveHistory.change(stream, child, () => own.setState(picture));
      return child;
    }
    let added = null;
    window.ArchiveHistory.change(stream, child, () => {
      added = insertPicture(stream, picture, child ? child.index + 1 : stream.children.length);
      if (isBlank(child)) remove(stream, child);
    });
    return added;
  };

  const insertPicture = (stream, picture, at) => {
    const value = { ...stream.blockDef.initialChildStates.image, image: picture };
    return stream.insert({ type: "image", value, id: crypto.randomUUID() }, at);
  };

  /* Before all other blocks: the first picture of the body is the story's lead. */
  const placeLead = (picture) => insertPicture(streamOf(shownBody()), picture, 0);

  /* Who is reminded of a correction note is led to a new one, at the end of the body. */
  const addNote = () => {
    const stream = streamOf(shownBody());
    const value = { ...stream.blockDef.initialChildStates.correction };
    const note = { type: "correction", value, id: crypto.randomUUID() };
    stream.insert(note, stream.children.length, { focus: true });
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  };

  window.addEventListener("load", () => {
    if (window.location.hash === "#add-note") addNote();
  });
  window.addEventListener("beforeunload", (event) => uploads && event.preventDefault());
  document.addEventListener("keydown", countDeed, true);
  document.addEventListener("pointerdown", countDeed, true);
  document.addEventListener("paste", onPaste, true);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("dragover", onDragOver, true);
  document.addEventListener("drop", onDrop, true);

  /* The body's block that an element is part of, with the stream that it is in. */
  const blockOf = (element) => {
    const body = element.closest(BODY);
    const stream = body && streamOf(body);
    const child = stream && childWith(stream, element);
    return child ? { stream, child } : null;
  };

  window.ArchiveBody = {
    send,
    isBusy,
    refusals,
    done,
    append,
    blockOf,
    placeLead,
    tell,
    tellDeleted,
  };
})();
