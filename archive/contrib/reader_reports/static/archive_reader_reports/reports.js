// One small link that goes with the mouse, or the focus, from block to block of a story: to the
// form that reports an error there. All others have the link below the story.
(() => {
  const label = document.currentScript.dataset.label;
  const all = document.querySelector("a[data-report]");
  if (!all || !matchMedia("(hover: hover)").matches) return;
  const link = document.createElement("a");
  link.className = "report-here";
  link.rel = "nofollow";
  link.title = label;
  link.innerHTML =
    '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M3.5 15V1.5M3.5 2.5h9l-2.2 3.2 2.2 3.3h-9" fill="none" stroke="currentColor" stroke-width="1.5"/></svg><span class="unseen"></span>';
  link.lastElementChild.textContent = label;

  function move(target) {
    if (!(target instanceof Element) || link === document.activeElement) return;
    const place = target.closest(".story-body .pair") || target.closest(".story-body .block");
    if (!place || (link.parentElement === place && target.closest(".report-here"))) return;
    // Where both texts are shown, those of the main one have the ids.
    const block = target.closest(".block[id]") || place.querySelector(".block[id]") || place;
    if (!block.id) return;
    const url = new URL(all.href);
    url.searchParams.set("segment", block.id);
    link.href = url.href;
    if (link.parentElement !== place) place.append(link);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") move(event.target);
  });
  document.addEventListener("focusin", (event) => move(event.target));
})();
