/* The map's geometry: great circles, a world cut in the Atlantic, and which dots make one bubble.
   The same as archive/site/names/geometry.py. Points are [longitude, latitude]. */

window.tiesGlobe = (() => {
  "use strict";

  const WEST_EDGE = -30;
  const PIECE_DEGREES = 2;
  const RADIANS = Math.PI / 180;
  // Plate carrée, true to scale at 35° north.
  const STRETCH = 1.22;

  /** The longitude on the map: from the western edge on, less than once around. */
  const inWorld = (longitude) => ((((longitude - WEST_EDGE) % 360) + 360) % 360) + WEST_EDGE;

  const vector = ([longitude, latitude]) => [
    Math.cos(latitude * RADIANS) * Math.cos(longitude * RADIANS),
    Math.cos(latitude * RADIANS) * Math.sin(longitude * RADIANS),
    Math.sin(latitude * RADIANS),
  ];
  const near = ([x, y], other) => [x + 360 * Math.round((other[0] - x) / 360), y];

  /** The shortest way between two points of the world; it may run on past the world's edges. */
  const greatCircle = (start, end) => {
    const a = vector(start);
    const b = vector(end);
    const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    const angle = Math.atan2(Math.hypot(...cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
    if (Math.sin(angle) < 1e-9) return [start, near(end, start)];
    const count = Math.max(1, Math.round(angle / RADIANS / PIECE_DEGREES));
    const points = [start];
    for (let step = 1; step < count; step += 1) {
      const p = Math.sin((1 - step / count) * angle) / Math.sin(angle);
      const q = Math.sin((step / count) * angle) / Math.sin(angle);
      const [x, y, z] = a.map((value, axis) => value * p + b[axis] * q);
      const point = [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
      points.push(near(point, points[points.length - 1]));
    }
    points.push(near(end, points[points.length - 1]));
    return points;
  };

  /** What of a way lies in the map's world: a way over its edge comes in on the other side. */
  const inPieces = (way) => {
    const [west, east] = [WEST_EDGE - PIECE_DEGREES, WEST_EDGE + 360 + PIECE_DEGREES];
    const longitudes = way.map(([x]) => x);
    const shifts = [0];
    if (Math.min(...longitudes) < WEST_EDGE) shifts.push(360);
    if (Math.max(...longitudes) > WEST_EDGE + 360) shifts.push(-360);
    const pieces = [];
    for (const shift of shifts) {
      let piece = [];
      for (const [x, y] of [...way, [Infinity, 0]]) {
        if (x + shift >= west && x + shift <= east) {
          piece.push([x + shift, y]);
        } else {
          if (piece.length > 1) pieces.push(piece);
          piece = [];
        }
      }
    }
    return pieces;
  };

  /** Rings of land.json as [latitude, longitude] pairs: each point is a step from the one before. */
  const rings = (packed) =>
    packed.map((steps) => {
      let [x, y] = [0, 0];
      const ring = [];
      for (let at = 0; at < steps.length; at += 2) {
        x += steps[at];
        y += steps[at + 1];
        ring.push([y / 100, x / 100]);
      }
      return ring;
    });

  /** Dots that would cover each other, put together: [{x, y, members}], in pixels of the map. */
  const clusters = (dots, size) => {
    const cells = new Map();
    const found = [];
    for (const dot of dots) {
      const [column, row] = [Math.floor(dot.x / size), Math.floor(dot.y / size)];
      let home = null;
      for (let i = column - 1; i <= column + 1 && !home; i += 1) {
        for (let j = row - 1; j <= row + 1 && !home; j += 1) {
          home = (cells.get(`${i},${j}`) || []).find(
            (one) => Math.hypot(one.x - dot.x, one.y - dot.y) < size,
          );
        }
      }
      if (home) {
        home.members.push(dot.place);
      } else {
        const made = { x: dot.x, y: dot.y, members: [dot.place] };
        found.push(made);
        const cell = `${column},${row}`;
        cells.set(cell, [...(cells.get(cell) || []), made]);
      }
    }
    return found;
  };

  return { WEST_EDGE, STRETCH, inWorld, greatCircle, inPieces, rings, clusters };
})();
