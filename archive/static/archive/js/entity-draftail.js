/* Marks words in running text as a mention of an entity from the list of names.
 *
 * The toolbar's button or Ctrl+Alt+N (on a Mac Cmd+Option+N) opens the chooser, searched for the
 * selected words. With the cursor in a mention they change or remove that mention. The keys are
 * needed: the floating toolbar is out of the keyboard's reach.
 */
(() => {
  "use strict";

  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { DraftUtils } = window.Draftail;
  const { EditorState, Modifier } = window.DraftJS;
  const { createElement } = window.React;

  const TYPE = "ENTITY";
  const HAN = /\p{Script=Han}/u;
  const LONGEST_NAME = 80;

  const chooserHandlers = new window.ChooserModalOnloadHandlerFactory().getOnLoadHandlers();

  const onload = {
    ...chooserHandlers,
    choose(modal, data) {
      chooserHandlers.choose(modal, data);
      const remove = modal.body[0].querySelector("[data-mention-remove]");
      if (remove) remove.addEventListener("click", () => modal.respond("removed"));
    },
  };

  class MentionSource extends ModalWorkflowSource {
    /** The mention under the cursor, if it is one of ours and not a link. */
    mention() {
      const { entity } = this.props;
      return entity && entity.getType() === TYPE ? entity : null;
    }

    /** The words to mark: the whole mention under the cursor, or what is selected. */
    target() {
      const { editorState, entityKey } = this.props;
      const selection = editorState.getSelection();
      return this.mention() && selection.isCollapsed()
        ? DraftUtils.getEntitySelection(editorState, entityKey)
        : selection;
    }

    getChooserConfig(_entity, selectedText) {
      const urlParams = {};
      const words = selectedText.trim();
      if (words && words.length <= LONGEST_NAME) urlParams.q = words;
      if (this.mention()) urlParams.mention = this.mention().getData().id;
      return {
        url: this.props.entityType.chooserUrls.entityChooser,
        urlParams,
        onload,
        responses: { chosen: this.onChosen, removed: () => this.onRemoved() },
      };
    }

    filterEntityData({ id, title, edit_url: url }) {
      return { id: Number(id), label: title, url };
    }

    onChosen(chosen) {
      const { editorState } = this.props;
      const selection = this.target();
      const content = editorState
        .getCurrentContent()
        .createEntity(TYPE, "MUTABLE", this.filterEntityData(chosen));
      const key = content.getLastCreatedEntityKey();
      if (!selection.isCollapsed()) {
        this.finish(Modifier.applyEntity(content, selection, key), "apply-entity");
        return;
      }
      const text = content.getBlockForKey(selection.getStartKey()).getText();
      const style = editorState.getCurrentInlineStyle();
      const name = MentionSource.nameFor(chosen, text);
      this.finish(Modifier.insertText(content, selection, name, style, key), "insert-characters");
    }

    onRemoved() {
      const content = this.props.editorState.getCurrentContent();
      this.finish(Modifier.applyEntity(content, this.target(), null), "apply-entity");
    }

    /** The name in the language of the paragraph it goes into. */
    static nameFor({ names, title }, text) {
      const isHan = HAN.test(text);
      const written = Object.keys(names).find((code) => /^(zh|ja)/.test(code) === isHan);
      return names[written] || title;
    }

    finish(content, change) {
      this.workflow.close();
      this.props.onComplete(EditorState.push(this.props.editorState, content, change));
    }
  }

  // A plain name would be taken for the outline of an icon: this points into Wagtail's sprite.
  const ICON = createElement(
    "svg",
    { className: "icon icon-tag", "aria-hidden": true },
    createElement("use", { href: "#icon-tag" }),
  );

  const Mention = (props) => {
    const { label, url } = props.contentState.getEntity(props.entityKey).getData();
    return createElement(TooltipEntity, { ...props, icon: ICON, label: label || "", url });
  };

  /** Draftail opens an entity type's source on the command that bears its name. */
  const keyBindingFn = (event) => {
    const pressed = (event.ctrlKey || event.metaKey) && event.altKey;
    return pressed && event.nativeEvent.code === "KeyN" ? TYPE : undefined;
  };

  registerPlugin({ type: TYPE, keyBindingFn }, "plugins");
  registerPlugin({ type: TYPE, source: MentionSource, decorator: Mention }, "entityTypes");
})();
