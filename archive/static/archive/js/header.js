/* How high Wagtail's header is on this screen: what stays below it while one scrolls stands there.
   A header of one's own, or one with a long name, is higher than Wagtail's usual one. */
(() => {
  const header = document.querySelector(".w-slim-header");
  if (!header) return;
  const root = document.documentElement;
  new ResizeObserver(() =>
    root.style.setProperty("--archive-header", `${header.offsetHeight}px`),
  ).observe(header);
})();
