/* The map of all ties: land, great circles, and the places as buttons that the keyboard reaches. */

(() => {
  "use strict";

  const box = document.getElementById("tie-map");
  const globe = window.tiesGlobe;
  if (!box || !window.L) return;

  const L = window.L;
  const PLACE_PIXELS = 26;
  const MOST_TIES = 10;
  // Beyond it Mercator's maps have no end.
  const NORTH = box.dataset.tiles ? 78 : 90;
  const CLOSEST_LAND = 7;
  const CLOSEST_TILES = 12;
  // Weight and pattern: kinds must be told apart without colours too.
  const STYLES = {
    sister_city: [1.4, ""],
    sister_state_province: [3, ""],
    port_cooperation: [1.6, "9 4"],
    friendly_exchange: [1.6, "5 4"],
    visit: [1.6, "2 4"],
    trade: [1.6, "9 3 2 3"],
    study: [1.6, "5 3 1 3"],
    consultation: [1.6, "1 6"],
  };
  const PLATE_CARREE = L.extend({}, L.CRS.EPSG4326, {
    transformation: L.transformation(1 / 180, 1, -globe.STRETCH / 180, 0.5),
  });
  const language = document.documentElement.lang;
  const words = Object.fromEntries(
    [...box.querySelector("template").content.querySelectorAll("dt")].map((term) => [
      term.textContent,
      term.nextElementSibling.textContent,
    ]),
  );

  let map;
  let data;
  let arcs;
  let markers;
  let shown = [];

  const colour = (name) => getComputedStyle(box).getPropertyValue(name).trim();

  /** A partial date as the language's newspapers print it. */
  const printed = (date) => {
    const [year, month, day] = date.split("-").map(Number);
    const form = { year: "numeric", timeZone: "UTC" };
    if (month) form.month = "long";
    if (day) form.day = "numeric";
    const code = language === "en" ? "en-GB" : language;
    return new Intl.DateTimeFormat(code, form).format(Date.UTC(year, (month || 1) - 1, day || 1));
  };

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const link = (text, url, lang) =>
    element("a", text, lang === language ? { href: url } : { href: url, lang });
  const cityUrl = (place) => box.dataset.city.replace("KEY", place.key);
  const pairUrl = (one, two) => {
    const [first, second] = [one.key, two.key].sort((a, b) => (a < b ? -1 : 1));
    return box.dataset.pair.replace("KEY", first).replace("KEY", second);
  };

  const read = (raw) => {
    const places = raw.places.map(([key, name, lang, country, longitude, latitude]) => ({
      key,
      name,
      lang,
      country,
      at: [globe.inWorld(longitude), latitude],
      ties: [],
    }));
    const ties = raw.ties.map(([a, b, kind, since, until]) => {
      const [one, two] = [places[a], places[b]];
      return {
        one,
        two,
        kind,
        since,
        until,
        ways: globe.inPieces(globe.greatCircle(one.at, two.at)),
      };
    });
    return { places, ties };
  };

  /** As archive/site/names/charts.py narrows. */
  const wanted = ({ kind, country, year }) =>
    data.ties.filter(
      (tie) =>
        (!kind || tie.kind === kind) &&
        (!country || tie.one.country === country || tie.two.country === country) &&
        (!year ||
          (tie.since && tie.since < String(Number(year) + 1) && (!tie.until || tie.until >= year))),
    );

  // Popups

  const placePopup = (place) => {
    const root = element("div", "", { class: "tie-popup" });
    const head = element("h3", "");
    head.append(link(place.name, cityUrl(place), place.lang));
    const list = element("ul", "");
    for (const tie of place.ties.slice(0, MOST_TIES)) {
      const other = tie.one === place ? tie.two : tie.one;
      const item = element("li", "");
      const facts = [
        words[tie.kind],
        tie.since ? words.since.replace("{date}", printed(tie.since)) : "",
      ];
      item.append(
        link(other.name, pairUrl(place, other), other.lang),
        " ",
        element("small", facts.filter(Boolean).join(" · ")),
      );
      list.append(item);
    }
    root.append(head, list);
    if (place.ties.length > MOST_TIES) root.append(link(words.more, cityUrl(place), language));
    return root;
  };

  const clusterPopup = (places) => {
    const root = element("div", "", { class: "tie-popup" });
    const list = element("ul", "");
    for (const place of places) {
      const item = element("li", "");
      item.append(
        link(place.name, cityUrl(place), place.lang),
        " ",
        element("small", words.ties.replace("{number}", place.ties.length)),
      );
      list.append(item);
    }
    root.append(list);
    return root;
  };

  // Layers

  const marker = ({ x, y, members }) => {
    const one = members.length === 1 ? members[0] : null;
    const where = one ? [one.at[1], one.at[0]] : map.unproject([x, y], map.getZoom());
    const label = one
      ? `${one.name}, ${words.ties.replace("{number}", one.ties.length)}`
      : words.places.replace("{number}", members.length);
    const size = one ? PLACE_PIXELS : PLACE_PIXELS + 8;
    const html = one ? "<i></i>" : `<b>${members.length}</b>`;
    const made = L.marker(where, {
      icon: L.divIcon({
        className: one ? "tie-place" : "tie-cluster",
        html,
        iconSize: [size, size],
      }),
      title: one ? one.name : label,
      riseOnHover: true,
    });
    made.on("add", () => {
      made.getElement().setAttribute("aria-label", label);
      if (one) made.getElement().lang = one.lang;
    });
    if (one) {
      made.bindPopup(() => placePopup(one));
    } else if (map.getZoom() < map.getMaxZoom()) {
      made.on("click", () =>
        map.fitBounds(
          members.map(({ at }) => [at[1], at[0]]),
          { maxZoom: Math.max(map.getZoom() + 2, 5), padding: [40, 40] },
        ),
      );
    } else {
      made.bindPopup(() => clusterPopup(members));
    }
    return made;
  };

  const drawPlaces = () => {
    if (box.querySelector(".leaflet-popup")) map.closePopup();
    const focused =
      document.activeElement &&
      box.contains(document.activeElement) &&
      document.activeElement.matches(".tie-place, .tie-cluster");
    markers.clearLayers();
    const places = [...new Set(shown.flatMap(({ one, two }) => [one, two]))];
    const dots = places
      .sort((a, b) => b.ties.length - a.ties.length || (a.key < b.key ? -1 : 1))
      .map((place) => ({ ...map.project([place.at[1], place.at[0]], map.getZoom()), place }));
    // From west to east, so that the keyboard goes through them as the eye does.
    const found = globe.clusters(dots, PLACE_PIXELS).sort((a, b) => a.x - b.x);
    found.forEach((cluster) => markers.addLayer(marker(cluster)));
    if (focused) box.querySelector(".tie-place, .tie-cluster")?.focus({ preventScroll: true });
  };

  const drawArcs = () => {
    arcs.clearLayers();
    const ink = colour("--map-arc");
    for (const tie of shown) {
      const [weight, dashArray] = STYLES[tie.kind] || [1.4, ""];
      for (const way of tie.ways) {
        arcs.addLayer(
          L.polyline(
            way.map(([x, y]) => [y, x]),
            { color: ink, weight, dashArray, opacity: 0.75, smoothFactor: 0.3, interactive: false },
          ),
        );
      }
    }
  };

  const drawLand = (packed) => {
    L.polygon(
      globe.rings(packed).map((ring) => [ring]),
      {
        renderer: L.svg({ pane: "land", padding: 1 }),
        pane: "land",
        className: "tie-land",
        stroke: false,
        fillOpacity: 1,
        interactive: false,
        smoothFactor: 0.6,
      },
    ).addTo(map);
    map.attributionControl.addAttribution(words.land);
  };

  const frame = () => {
    const points = shown
      .flatMap(({ ways }) => ways.flat())
      .map(([x, y]) => [Math.min(y, NORTH), x]);
    if (points.length) map.fitBounds(points, { padding: [24, 24], maxZoom: 5, animate: false });
  };

  const show = (filter) => {
    shown = wanted(filter);
    data.places.forEach((place) => {
      place.ties = [];
    });
    for (const tie of shown) {
      tie.one.ties.push(tie);
      if (tie.two !== tie.one) tie.two.ties.push(tie);
    }
    frame();
    drawArcs();
    drawPlaces();
  };

  const begin = () => {
    box.hidden = false;
    document.getElementById("tie-legend").hidden = false;
    map = L.map(box, {
      crs: box.dataset.tiles ? L.CRS.EPSG3857 : PLATE_CARREE,
      minZoom: 0,
      maxZoom: box.dataset.tiles ? CLOSEST_TILES : CLOSEST_LAND,
      zoomControl: false,
      zoomSnap: 0.25,
      // A reader who scrolls past wants to read on.
      scrollWheelZoom: false,
      maxBounds: [
        [-75, globe.WEST_EDGE - 10],
        [100, globe.WEST_EDGE + 370],
      ],
      maxBoundsViscosity: 0.8,
    }).setView([35, 180], 2);
    L.control.zoom({ zoomInTitle: words.zoomin, zoomOutTitle: words.zoomout }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.createPane("land").style.zIndex = 150;
    arcs = L.layerGroup([], {}).addTo(map);
    map.options.renderer = L.canvas({ padding: 0.5 });
    markers = L.layerGroup().addTo(map);
    map.on("zoomend", drawPlaces);
    map.on("popupopen", ({ popup }) => {
      popup
        .getElement()
        .querySelector(".leaflet-popup-close-button")
        ?.setAttribute("aria-label", words.close);
    });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawArcs);
    document.addEventListener("reader-settings", drawArcs);
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution }).addTo(map);
    }
  };

  const start = async () => {
    const [raw, land] = await Promise.all(
      [box.dataset.places, box.dataset.tiles ? "" : box.dataset.land].map(async (url) =>
        url ? (await fetch(url)).json() : null,
      ),
    );
    if (!raw.ties.length) return;
    data = read(raw);
    begin();
    if (land) drawLand(land);
    show(Object.fromEntries(new URLSearchParams(window.location.search)));
    box.dataset.ready = "yes";
    document.addEventListener("ties:filter", ({ detail }) => show(detail));
  };

  start();
})();
