/* Picks a place's coordinates on a map; the fields stay, and do without it. The land is the
   package's own data, so that no server of tiles is asked. */
(() => {
  "use strict";

  // The map begins in the Atlantic, so that the Pacific is in its middle.
  const WEST = -30;
  const BOUNDS = [
    [-85, WEST],
    [85, WEST + 360],
  ];
  const FAR = 3;
  const NEAR = 5;
  const DIGITS = 4;

  const onMap = (longitude) => (longitude < WEST ? longitude + 360 : longitude);
  const onEarth = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
  // A ring is a flat list in hundredths of a degree: a point, then steps.
  const decoded = (ring) => {
    let [x, y] = [0, 0];
    const points = [];
    for (let i = 0; i < ring.length; i += 2) {
      x += ring[i];
      y += ring[i + 1];
      points.push([y / 100, x / 100]);
    }
    return points;
  };
  const drawLand = async (map, address) => {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const rings = (await answer.json()).map(decoded);
    L.polygon(rings, {
      fillRule: "evenodd",
      stroke: false,
      fillOpacity: 1,
      interactive: false,
      className: "archive-place-map__land",
    }).addTo(map);
  };
  const clamped = (latitude) => Math.max(-90, Math.min(90, latitude));

  const start = (box) => {
    const latitude = document.getElementById("id_latitude");
    const longitude = document.getElementById("id_longitude");
    const source = document.getElementById("id_coordinates_source");
    if (!latitude || !longitude || !window.L) return;
    box.hidden = false;
    const map = L.map(box.querySelector("[data-map]"), {
      minZoom: 1,
      maxZoom: 9,
      maxBounds: BOUNDS,
      attributionControl: false,
      zoomControl: false,
    });
    L.control
      .zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut })
      .addTo(map);
    if (box.dataset.land) drawLand(map, box.dataset.land);
    const marker = L.marker([0, 0], {
      draggable: true,
      keyboard: false,
      alt: box.dataset.marker,
      icon: L.divIcon({
        className: "archive-place-map__pin",
        iconSize: [24, 24],
        iconAnchor: [12, 12],
      }),
    });

    const typed = () => {
      const place = [latitude.value, longitude.value].map((text) => Number.parseFloat(text));
      return place.every(Number.isFinite) ? place : null;
    };
    const show = (zoom) => {
      const place = typed();
      if (!place) {
        marker.remove();
        return;
      }
      const at = [clamped(place[0]), onMap(onEarth(place[1]))];
      marker.setLatLng(at).addTo(map);
      map.setView(at, zoom ?? map.getZoom(), { reset: true });
    };
    const say = () => {
      box.querySelector("[data-said]").textContent = `${latitude.value}, ${longitude.value}`;
    };
    const put = (at) => {
      latitude.value = clamped(at.lat).toFixed(DIGITS);
      longitude.value = onEarth(at.lng).toFixed(DIGITS);
      // Picked by hand, so nobody else's data any more.
      if (source) source.value = "";
      marker.setLatLng(at).addTo(map);
      [latitude, longitude].forEach((field) =>
        field.dispatchEvent(new Event("change", { bubbles: true })),
      );
      say();
    };

    map.setView([25, 115], FAR);
    show(NEAR);
    map.on("click", (event) => put(event.latlng));
    marker.on("dragend", () => put(marker.getLatLng()));
    box.querySelector("[data-here]").addEventListener("click", () => put(map.getCenter()));
    [latitude, longitude].forEach((field) => field.addEventListener("input", () => show()));
    // A panel that is opened late has no size before. Its centre stays where it is to the last
    // digit: the button puts the place there.
    new ResizeObserver(() => {
      const centre = map.getCenter();
      map.invalidateSize({ pan: false });
      map.setView(centre, map.getZoom(), { reset: true });
    }).observe(box);
  };

  const begin = () => document.querySelectorAll("[data-place-map]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
