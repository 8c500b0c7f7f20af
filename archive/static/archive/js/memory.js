/* A link marked data-concordance searches the memory for the words that are selected. */
(() => {
  let selected = "";
  const words = () => {
    const field = document.activeElement;
    if (field && typeof field.selectionStart === "number") {
      return field.value.slice(field.selectionStart, field.selectionEnd);
    }
    return String(document.getSelection());
  };
  // Pressing the link takes the selection away, so it is kept from before.
  document.addEventListener("selectionchange", () => {
    const now = words().trim();
    if (now) selected = now;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-concordance]");
    if (!link || !selected) return;
    const url = new URL(link.href);
    url.searchParams.set("words", `"${selected.replace(/["“”]/g, " ").slice(0, 150)}"`);
    link.href = url.href;
  });
})();
