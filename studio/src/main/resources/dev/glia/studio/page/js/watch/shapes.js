// @ts-check
/** Points whose class is seen without colour: each class has its own shape. */

export const SHAPE_NAMES = ["circle", "cross", "triangle", "square", "diamond", "plus", "triangle down", "star"];

const TURN = Math.PI * 2;

/** @param {number} corners @param {number} start in turns @param {number} [inner] every second corner's radius */
function polygon(corners, start, inner = 1) {
  const points = [];
  for (let i = 0; i < corners; i++) {
    const angle = (start + i / corners) * TURN;
    const radius = i % 2 === 0 ? 1 : inner;
    points.push(Math.cos(angle) * radius, Math.sin(angle) * radius);
  }
  return points;
}

/** A plus of half length 1 and half width w. @param {number} w */
function plus(w) {
  return [-w, -1, w, -1, w, -w, 1, -w, 1, w, w, w, w, 1, -w, 1, -w, w, -1, w, -1, -w, -w, -w];
}

/** @param {number[]} points @param {number} turns */
function turned(points, turns) {
  const c = Math.cos(turns * TURN);
  const s = Math.sin(turns * TURN);
  const out = [];
  for (let i = 0; i < points.length; i += 2) {
    out.push(points[i] * c - points[i + 1] * s, points[i] * s + points[i + 1] * c);
  }
  return out;
}

/** @param {number[]} points @param {number} factor */
function scaled(points, factor) {
  return points.map((v) => v * factor);
}

/** Corners x0,y0,x1,y1... around (0,0) for radius 1, y down; null is the circle. Areas are alike. @type {(number[]|null)[]} */
const CORNERS = [
  null,
  scaled(turned(plus(0.36), 1 / 8), 1.16),
  scaled(polygon(3, -1 / 4), 1.3),
  scaled(polygon(4, 1 / 8), 1.2),
  scaled(polygon(4, 0), 1.28),
  scaled(plus(0.36), 1.16),
  scaled(polygon(3, 1 / 4), 1.3),
  scaled(polygon(10, -1 / 4, 0.45), 1.4),
];

/** The corners of a class's shape, null for the circle. @param {number} index class @returns {number[]|null} */
export function corners(index) {
  return CORNERS[index % CORNERS.length];
}

/**
 * Adds a class's shape to the path under way.
 * @param {{moveTo: Function, lineTo: Function, arc: Function, closePath: Function}} context
 * @param {number} index class
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function shape(context, index, x, y, radius) {
  const points = corners(index);
  if (points === null) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, TURN);
  } else {
    context.moveTo(x + points[0] * radius, y + points[1] * radius);
    for (let i = 2; i < points.length; i += 2) context.lineTo(x + points[i] * radius, y + points[i + 1] * radius);
  }
  context.closePath();
}

/** A radius at which points stay apart: smaller when they are many. @param {number} rows @param {number} area in pixels */
export function radiusFor(rows, area) {
  return Math.min(4.5, Math.max(1.8, Math.sqrt(area / Math.max(1, rows)) / 5));
}
