// @ts-check
/**
 * Small pictures of the data sets: what the generators make, in a few dots.
 *
 * @module
 */

import { svg } from "../h.js";

/** @typedef {[number, number, number]} Dot x and y of 0 to 32, class */

/** @type {Record<string, () => SVGElement>} */
const ICONS = {
  moons: () =>
    dots(
      range(9, (i) => [4 + 9 + 9 * -Math.cos((i / 8) * Math.PI), 17 - 10 * Math.sin((i / 8) * Math.PI), 0]),
      range(9, (i) => [10 + 9 - 9 * Math.cos((i / 8) * Math.PI), 14 + 10 * Math.sin((i / 8) * Math.PI), 1]),
    ),
  circles: () => dots(ring(14, 12.5, 0), ring(7, 5.5, 1)),
  blobs: () => dots(cloud(9, 10, 0), cloud(23, 11, 1), cloud(15, 24, 2)),
  spirals: () => dots(arm(0, 0), arm(Math.PI, 1)),
  xor: () => dots(cloud(9, 9, 0), cloud(23, 23, 0), cloud(23, 9, 1), cloud(9, 23, 1)),
  sine: () =>
    draw(
      svg("path", { class: "icon-wave", d: "M3 16c4-14 9-14 13 0s9 14 13 0" }),
      ...range(6, (i) => dot(5 + i * 4.4, 16 - 9 * Math.sin(((2 + i * 4.4) / 26) * 2 * Math.PI) + (i % 2 ? 2 : -2), 0)),
    ),
  hills: () =>
    draw(
      ...[13, 9, 5].map((r, i) => svg("ellipse", { class: `icon-hill icon-hill-${i}`, cx: 12, cy: 13, rx: r * 0.8, ry: r * 0.7 })),
      ...[7, 4].map((r, i) => svg("ellipse", { class: `icon-dale icon-hill-${i + 1}`, cx: 23, cy: 22, rx: r * 0.8, ry: r * 0.8 })),
    ),
  digits: () => draw(svg("path", { class: "icon-digit", d: "M9 7h14l-8 18" })),
  mnist: () => draw(svg("path", { class: "icon-digit", d: "M10 9c3-4 11-3 11 2 0 4-5 4-7 4 4 0 8 2 8 6 0 6-9 6-12 3" })),
  "fashion-mnist": () => draw(svg("path", { class: "icon-thin", d: "M11 6l-7 4 3 6 3-1v11h12V15l3 1 3-6-7-4c-1 3-9 3-10 0z" })),
  csv: () => draw(svg("path", { class: "icon-thin", d: "M5 7h22v18H5zM5 13h22M5 19h22M12 7v18M20 7v18" })),
  points: () =>
    draw(
      dot(8, 23, 0),
      dot(12, 25, 0),
      dot(7, 18, 0),
      dot(23, 25, 1),
      dot(26, 21, 1),
      svg("path", { class: "icon-thin", d: "M13 18l1-4L24 4l3 3-10 10z" }),
    ),
};

/**
 * @param {string} name of a data set
 * @returns {SVGElement}
 */
export function icon(name) {
  return (ICONS[name] ?? (() => dots(cloud(16, 16, 0))))();
}

/** @param {...Node} children */
function draw(...children) {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true", class: "data-icon" }, ...children);
}

/** @param {...Dot[]} groups */
function dots(...groups) {
  return draw(...groups.flat().map(([x, y, k]) => dot(x, y, k)));
}

/** @param {number} x @param {number} y @param {number} k */
function dot(x, y, k) {
  return svg("circle", { class: `fill-${k}`, cx: x.toFixed(1), cy: y.toFixed(1), r: 1.7 });
}

/**
 * @template T
 * @param {number} n
 * @param {(i: number) => T} make
 * @returns {T[]}
 */
function range(n, make) {
  return Array.from({ length: n }, (_, i) => make(i));
}

/** @param {number} n @param {number} r @param {number} k @returns {Dot[]} */
function ring(n, r, k) {
  return range(n, (i) => [16 + r * Math.cos((i / n) * 2 * Math.PI), 16 + r * Math.sin((i / n) * 2 * Math.PI), k]);
}

/** @param {number} x @param {number} y @param {number} k @returns {Dot[]} */
function cloud(x, y, k) {
  return range(7, (i) => [
    x + (i === 0 ? 0 : 4.6 * Math.cos(i * 1.05 + x)),
    y + (i === 0 ? 0 : 4.6 * Math.sin(i * 1.05 + x)),
    k,
  ]);
}

/** @param {number} turn @param {number} k @returns {Dot[]} */
function arm(turn, k) {
  return range(11, (i) => {
    const a = 0.5 + i * 0.42;
    return [16 + a * 2.9 * Math.cos(a + turn), 16 + a * 2.9 * Math.sin(a + turn), k];
  });
}
