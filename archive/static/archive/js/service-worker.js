// Keeps the pages that were read or collected, with their pictures, for when there is no connection.
// The server puts SITE before this script: addresses, limits, words, and a version.
"use strict";

const PATIENCE_MS = 4000;
// Saved pages outlive a release of the site; what they are made of is renewed with it.
const PAGES = "archive-pages-1";
// Stories of the reader's collections: they stay however much else is read.
const COLLECTED = "archive-collected-1";
const PICTURES = "archive-pictures-1";
const STATIC = `archive-static-${SITE.version}`;
const PUT_IN_RELEASE = /\.[0-9a-f]{8,}(?=\.\w+$)/;
const LISTS = Object.values(SITE.saved).filter(Boolean);
// They only say how a page is read: a copy in another way is the same page.
const WAYS = ["view", "script"];

const path = (request) => new URL(request.url).pathname;
const isOurs = (request) => new URL(request.url).origin === location.origin;
const isKept = (request) => !SITE.unkept.some((start) => path(request).startsWith(start));

async function install() {
  if (!SITE.isOn) return;
  const cache = await caches.open(STATIC);
  // One that is missing must not keep the others from being saved.
  await Promise.allSettled([...LISTS, ...SITE.parts].map((url) => cache.add(url)));
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith("archive-"));
  const present = SITE.isOn ? [PAGES, COLLECTED, PICTURES, STATIC] : [];
  await Promise.all(
    names.filter((name) => !present.includes(name)).map((name) => caches.delete(name)),
  );
  if (!SITE.isOn) return self.registration.unregister();
  return self.clients.claim();
}

// What a shared cache may not hold isn't kept here either, nor what needs the server each time.
function mayKeep(response) {
  const control = response.headers.get("Cache-Control") || "";
  return (
    response.status === 200 &&
    response.type === "basic" &&
    !response.redirected &&
    !/no-store|private/i.test(control) &&
    response.headers.get("Vary") !== "*"
  );
}

function isPage(response) {
  return (response.headers.get("Content-Type") || "").startsWith("text/html");
}

// Withdrawn, moved, or no longer for everyone; a server in trouble or at its limit tells nothing.
// A redirect has no status that a worker may see.
function isWithdrawn(response) {
  return response.status < 500 && response.status !== 429;
}

// Puts a copy at the end, the newest place, and lets go of the oldest.
async function keep(name, request, response, most) {
  const cache = await caches.open(name);
  const key = request.url.split("#")[0];
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
}

async function saved(name, request) {
  const cache = await caches.open(name);
  return cache.match(request.url.split("#")[0], { ignoreVary: true });
}

function withoutWay(address) {
  const url = new URL(address);
  for (const name of WAYS) url.searchParams.delete(name);
  url.hash = "";
  return url.href;
}

// The copy of a page; with `inAnyWay`, one in another way of reading it.
async function savedPage(request, inAnyWay) {
  if (!isKept(request)) return undefined;
  for (const name of [PAGES, COLLECTED]) {
    const found = await saved(name, request);
    if (found) return found;
  }
  if (!inAnyWay) return undefined;
  const wanted = withoutWay(request.url);
  for (const name of [PAGES, COLLECTED]) {
    const cache = await caches.open(name);
    const key = (await cache.keys()).find((one) => withoutWay(one.url) === wanted);
    if (key) return cache.match(key, { ignoreVary: true });
  }
  return undefined;
}

function inTime(response) {
  return new Promise((answer, fail) => {
    const timer = setTimeout(() => fail(new Error("late")), PATIENCE_MS);
    response.then(answer, fail).finally(() => clearTimeout(timer));
  });
}

// Pages: from the network, and from what was saved only where the network is away or slow.
async function page(event) {
  const { request } = event;
  const copy = await savedPage(request, false);
  const coming = fetch(request).then((response) => {
    if (isKept(request)) {
      if (isPage(response) && mayKeep(response)) {
        event.waitUntil(keepPage(request, response.clone()));
      } else if (isWithdrawn(response)) event.waitUntil(forget(request));
    }
    return response;
  });
  // What comes too late to be shown is kept, or lets go of the copy, all the same.
  event.waitUntil(coming.catch(() => {}));
  try {
    // Without a copy there is nothing better to show than what comes late.
    return await (copy ? inTime(coming) : coming);
  } catch (problem) {
    const found = copy || (await savedPage(request, true));
    return found ? withNotice(found) : listOfSaved(request, problem);
  }
}

// Where it is collected, as it is collected: a newer text takes the older one's place.
async function keepPage(request, response) {
  const isCollected = Boolean(await saved(COLLECTED, request));
  return keep(
    isCollected ? COLLECTED : PAGES,
    request,
    response,
    isCollected ? Infinity : SITE.pages,
  );
}

async function forget(request) {
  for (const name of [PAGES, COLLECTED]) {
    const cache = await caches.open(name);
    await cache.delete(request.url.split("#")[0], { ignoreVary: true });
  }
}

// Choosing how to read a story needs the server only to remember the choice.
async function chosenView(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const url = new URL(request.url);
    const to = new URL(url.searchParams.get("to") || "", location.origin);
    if (!SITE.homes.some((start) => to.pathname.startsWith(start))) throw problem;
    to.searchParams.set("view", url.pathname.slice(SITE.view.length).replace(/\/$/, ""));
    return Response.redirect(new URL(to.pathname + to.search, location.origin).href);
  }
}

async function withNotice(copy) {
  const html = await copy.text();
  const language = (/<html[^>]*\slang="([^"]+)"/.exec(html) || [])[1];
  const words = SITE.notice[language] || Object.values(SITE.notice)[0];
  const date = new Date(copy.headers.get("Date") || Date.now());
  // As the page's other dates: 22 September 2015.
  const locale = language === "en" ? "en-GB" : language;
  const told = words.copy.replace("{date}", date.toLocaleDateString(locale, { dateStyle: "long" }));
  const notice = `<p class="saved-copy" role="status">${told} <a href="${SITE.saved[language]}">${words.list}</a></p>`;
  const body = html.replace(/<main[^>]*>/, (main) => main + notice);
  const headers = new Headers(copy.headers);
  // The others, such as the site's rules for scripts, hold for the copy as well.
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(body, { headers });
}

async function listOfSaved(request, problem) {
  const start = path(request);
  const own = LISTS.find((url) => start.startsWith(url.replace(/saved\/$/, ""))) || LISTS[0];
  const found = own && (await saved(STATIC, new Request(new URL(own, location.origin))));
  if (!found) throw problem;
  return found;
}

// Styles and scripts: a name with a mark of its contents never changes what it stands for.
async function part(event) {
  const { request } = event;
  const copy = await saved(STATIC, request);
  if (copy && PUT_IN_RELEASE.test(path(request))) return copy;
  try {
    const response = await (copy ? inTime(fetch(request)) : fetch(request));
    if (mayKeep(response)) event.waitUntil(keep(STATIC, request, response.clone(), Infinity));
    return response;
  } catch (problem) {
    const near = copy || (await likePart(request));
    if (!near) throw problem;
    return near;
  }
}

// A page saved before a release asks for that release's parts: today's serve it as well.
async function likePart(request) {
  const plain = (url) => new URL(url).pathname.replace(PUT_IN_RELEASE, "");
  const cache = await caches.open(STATIC);
  const key = (await cache.keys()).find((one) => plain(one.url) === plain(request.url));
  return key && cache.match(key, { ignoreVary: true });
}

async function picture(event) {
  const { request } = event;
  const copy = await saved(PICTURES, request);
  if (copy) return copy;
  const response = await fetch(request);
  if (mayKeep(response)) event.waitUntil(keep(PICTURES, request, response.clone(), SITE.pictures));
  return response;
}

async function collect(urls) {
  for (const url of urls) {
    const request = new Request(url);
    const isOwn = isOurs(request) && SITE.homes.some((start) => path(request).startsWith(start));
    if (!isOwn || (await saved(COLLECTED, request))) continue;
    const response = await fetch(request).catch(() => undefined);
    if (response && isPage(response) && mayKeep(response)) {
      await forget(request);
      await keep(COLLECTED, request, response, Infinity);
    }
  }
}

// It stays one of the pages that were read.
async function letGo(urls) {
  for (const url of urls) {
    const request = new Request(url);
    const copy = await saved(COLLECTED, request);
    if (!copy) continue;
    await forget(request);
    await keep(PAGES, request, copy, SITE.pages);
  }
}

// The page that brought the worker was loaded before it was there.
async function saveFirst(urls) {
  for (const [number, url] of urls.entries()) {
    const request = new Request(url);
    if (!isOurs(request) || !isKept(request)) continue;
    const inStatic = path(request).startsWith(SITE.static);
    if (number && !inStatic && !path(request).startsWith(SITE.media)) continue;
    const [name, most] = !number
      ? [PAGES, SITE.pages]
      : inStatic
        ? [STATIC, Infinity]
        : [PICTURES, SITE.pictures];
    const response = await fetch(request).catch(() => undefined);
    if (response && mayKeep(response) && (number || isPage(response))) {
      await keep(name, request, response, most);
    }
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (!SITE.isOn || !event.data) return;
  const { save, collected, dropped } = event.data;
  if (Array.isArray(save)) {
    event.waitUntil(saveFirst(save).then(() => event.source.postMessage({ isSaved: true })));
  }
  if (Array.isArray(collected)) event.waitUntil(collect(collected));
  if (Array.isArray(dropped)) event.waitUntil(letGo(dropped));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!SITE.isOn || request.method !== "GET" || !isOurs(request)) return;
  const isPageOfOurs = SITE.homes.some((start) => path(request).startsWith(start));
  if (request.mode === "navigate") {
    if (isPageOfOurs) event.respondWith(page(event));
    else if (SITE.view && path(request).startsWith(SITE.view))
      event.respondWith(chosenView(request));
  } else if (path(request).startsWith(SITE.static)) event.respondWith(part(event));
  else if (request.destination === "image" && path(request).startsWith(SITE.media))
    event.respondWith(picture(event));
});
