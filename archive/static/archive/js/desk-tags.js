/* The translators' desk: the links and names in a source text, as tags that a translator places.
 *
 * A source's `<mark data-tag>` becomes a Draftail entity with the same id: the words may change,
 * the tag can't be broken. Which tags a target lacks, or has too often, is said in its row.
 */
(() => {
  "use strict";

  window.ArchiveDesk ||= {};
  const desk = window.ArchiveDesk;

  const STYLES = { B: "BOLD", STRONG: "BOLD", I: "ITALIC", EM: "ITALIC" };

  /* What a mark of the source is in Draftail. */
  const entityOf = ({ dataset, textContent }) => {
    const id = Number(dataset.id);
    if (dataset.linktype === "entity") return { type: "ENTITY", data: { id, label: textContent } };
    if (dataset.linktype) return { type: "LINK", data: { id, parentId: null, url: null } };
    return { type: "LINK", data: { url: dataset.href } };
  };

  /* One name for a tag, whatever its words and its place. */
  const nameOf = ({ type, data }) =>
    type === "ENTITY" || data.id ? `${type}:${data.id}` : `${type}:${data.url}`;

  /* The tags of a source, in order: [{name, entity, words}]. */
  const sourceTags = (source) =>
    [...source.querySelectorAll("mark[data-tag]")].map((mark) => {
      const entity = entityOf(mark);
      return { entity, name: nameOf(entity), words: mark.textContent.trim() };
    });

  /* The tags in a text as Draftail keeps it: [{name, words}]. */
  const targetTags = (value) => {
    const { blocks = [], entityMap = {} } = JSON.parse(value || "null") || {};
    return blocks.flatMap((block) =>
      block.entityRanges.map(({ key, offset, length }) => ({
        name: nameOf(entityMap[key]),
        words: block.text.slice(offset, offset + length),
      })),
    );
  };

  const countByName = (tags) => {
    const numbers = new Map();
    tags.forEach(({ name }) => numbers.set(name, (numbers.get(name) || 0) + 1));
    return numbers;
  };

  const once = (tags) => [...new Map(tags.map((tag) => [tag.name, tag])).values()];

  /* What a target lacks of its source's tags, has too often, or has from elsewhere. */
  const compareTags = (source, value) => {
    const [wanted, found] = [sourceTags(source), targetTags(value)];
    const [inSource, inTarget] = [countByName(wanted), countByName(found)];
    const number = (counted, { name }) => counted.get(name) || 0;
    return {
      missing: once(wanted.filter((tag) => !number(inTarget, tag))),
      doubled: once(
        found.filter(
          (tag) => number(inSource, tag) && number(inTarget, tag) > number(inSource, tag),
        ),
      ),
      strange: once(found.filter((tag) => !number(inSource, tag))),
    };
  };

  /* Whether a source has a tag more often than its target. */
  const lacksTag = (source, value, entity) => {
    const [inSource, inTarget] = [sourceTags(source), targetTags(value)].map(countByName);
    const name = nameOf(entity);
    return (inTarget.get(name) || 0) < (inSource.get(name) || 0);
  };

  /* A source's HTML as Draftail's raw content: words, emphasis, links; nobody else's keys. */
  const rawContentOf = (source) => {
    const entityMap = {};
    const blocks = [];

    const newBlock = (type, depth = 0) => {
      const block = {
        key: window.DraftJS.genKey(),
        type,
        depth,
        text: "",
        inlineStyleRanges: [],
        entityRanges: [],
        data: {},
      };
      blocks.push(block);
      return block;
    };

    const read = (node, block) => {
      if (node.nodeType === Node.TEXT_NODE) {
        block.text += node.data.replace(/\s*\n\s*/g, " ");
        return;
      }
      if (node.nodeName === "BR") {
        block.text += "\n";
        return;
      }
      const offset = block.text.length;
      node.childNodes.forEach((child) => read(child, block));
      const range = { offset, length: block.text.length - offset };
      if (!range.length) return;
      if (STYLES[node.nodeName])
        block.inlineStyleRanges.push({ ...range, style: STYLES[node.nodeName] });
      if (node.nodeName === "MARK") {
        const key = Object.keys(entityMap).length;
        entityMap[key] = { mutability: "MUTABLE", ...entityOf(node) };
        block.entityRanges.push({ ...range, key });
      }
    };

    const LISTS = { UL: "unordered-list-item", OL: "ordered-list-item" };
    const walk = (parent, depth) => {
      parent.childNodes.forEach((node) => {
        if (LISTS[node.nodeName]) {
          node.querySelectorAll(":scope > li").forEach((item) => {
            const block = newBlock(LISTS[node.nodeName], depth);
            item.childNodes.forEach((child) => {
              if (!LISTS[child.nodeName]) read(child, block);
            });
            walk(item, depth + 1);
          });
        } else if (node.nodeName === "P") {
          read(node, newBlock("unstyled"));
        }
      });
    };
    walk(source, 0);
    return { blocks, entityMap };
  };

  Object.assign(desk, { compareTags, lacksTag, rawContentOf, sourceTags });
})();
