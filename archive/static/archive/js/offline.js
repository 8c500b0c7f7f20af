// Starts the worker that keeps what was read; on the offline page, lists what it has kept.
(() => {
  "use strict";
  const { serviceWorker } = navigator;
  const { worker } = document.currentScript.dataset;
  if (!serviceWorker || !window.isSecureContext) return;

  async function start() {
    const isFirst = !serviceWorker.controller;
    await serviceWorker.register(worker, { scope: "/" });
    const { active } = await serviceWorker.ready;
    if (!isFirst) return;
    const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage({ save: [location.href, ...parts] });
  }

  async function savedStories() {
    const cache = await caches.open("archive-pages-1");
    const collected = await caches.open("archive-collected-1");
    const stories = [];
    for (const key of [...(await cache.keys()), ...(await collected.keys())].reverse()) {
      // The worker may drop the oldest page while this one is being listed.
      const options = { ignoreVary: true };
      const kept = (await cache.match(key, options)) ?? (await collected.match(key, options));
      if (!kept) continue;
      const page = new DOMParser().parseFromString(await kept.text(), "text/html");
      const headline = page.querySelector(".on-story h1");
      // Once, however many ways it was read in.
      const { pathname } = new URL(key.url);
      if (headline && !stories.some((story) => story.pathname === pathname))
        stories.push({ url: key.url, pathname, headline, page });
    }
    return stories;
  }

  function line({ url, headline, page }) {
    const [item, link] = ["li", "a"].map((name) => document.createElement(name));
    link.href = url;
    link.className = "headline";
    link.lang = headline.lang || page.documentElement.lang;
    link.textContent = headline.textContent.trim();
    item.append(link);
    const filing = page.querySelector(".filing time");
    if (filing) {
      const day = document.createElement("p");
      day.lang = page.documentElement.lang;
      day.textContent = filing.textContent;
      item.append(day);
    }
    return item;
  }

  async function list(place) {
    const stories = await savedStories();
    // The worker shows this page under the address of one that it doesn't have.
    place.querySelector(".saved-copy").hidden = location.pathname === place.dataset.savedStories;
    place.querySelector("ul").replaceChildren(...stories.map(line));
    place.querySelector(".nothing").hidden = stories.length > 0;
    const clear = place.querySelector("button");
    clear.hidden = stories.length === 0;
    place.hidden = false;
  }

  async function clear(place) {
    const names = (await caches.keys()).filter((name) =>
      /^archive-(pages|collected|pictures)-/.test(name),
    );
    await Promise.all(names.map((name) => caches.delete(name)));
    await list(place);
    place.querySelector(".nothing").focus();
  }

  addEventListener("load", () => {
    const place = document.querySelector("[data-saved-stories]");
    if (place) {
      place.querySelector("button").addEventListener("click", () => clear(place));
      list(place);
    }
    start().catch(() => {
      /* A browser that forbids it: the site works all the same. */
    });
  });
})();
