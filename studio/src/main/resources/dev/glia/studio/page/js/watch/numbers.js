// @ts-check
/** The panel's arithmetic on numbers: ranges of axes, thinning of long curves. */

/**
 * Least and greatest finite number in columns of rows.
 * @param {ArrayLike<number|null>[]} rows
 * @param {number[]} columns
 * @param {boolean} positive only numbers above 0
 * @param {[number, number]} [into] a range to widen
 * @returns {[number, number]} [Infinity, -Infinity] when there is none
 */
export function range(rows, columns, positive, into = [Infinity, -Infinity]) {
  for (const row of rows) {
    for (const c of columns) {
      const v = row[c];
      if (v === null || v === undefined || !Number.isFinite(v) || (positive && v <= 0)) continue;
      if (v < into[0]) into[0] = v;
      if (v > into[1]) into[1] = v;
    }
  }
  return into;
}

/**
 * The vertical axis of a loss: from 0, or from below the least for a logarithmic one; never empty.
 * @param {[number, number]} found
 * @param {boolean} log
 * @returns {[number, number]}
 */
export function lossAxis(found, log) {
  let [low, high] = found;
  if (!(high > -Infinity)) return log ? [0.1, 1] : [0, 1];
  if (log) {
    if (high / low < 10) {
      low /= 2;
      high *= 2;
    }
    return [low / 1.15, high * 1.15];
  }
  low = Math.min(0, low);
  return [low, high > low ? high + (high - low) * 0.05 : low + 1];
}

/**
 * The vertical axis of accuracy or R²: to 1, from a tenth below the least, R² not under -1.
 * @param {[number, number]} found
 * @param {boolean} share whether it is accuracy
 * @returns {[number, number]}
 */
export function scoreAxis(found, share) {
  const least = found[0] === Infinity ? (share ? 0.5 : 0) : found[0];
  const low = Math.floor((Math.min(least, 0.95) - 0.02) * 10) / 10;
  return [Math.max(share ? 0 : -1, low), 1];
}

/**
 * The rows to draw of a long curve: of every pixel column the first, least, greatest and last, so no peak is lost.
 * @param {ArrayLike<number|null>[]} rows by rising x
 * @param {number} xColumn
 * @param {number} yColumn
 * @param {(x: number) => number} toPixel
 * @param {Int32Array} out takes the rows' numbers
 * @returns {number} how many were written
 */
export function thin(rows, xColumn, yColumn, toPixel, out) {
  let written = 0;
  let from = 0;
  while (from < rows.length && written + 4 <= out.length) {
    const pixel = Math.floor(toPixel(Number(rows[from][xColumn])));
    let to = from;
    let least = -1;
    let greatest = -1;
    while (to < rows.length && Math.floor(toPixel(Number(rows[to][xColumn]))) === pixel) {
      const v = rows[to][yColumn];
      if (v !== null && Number.isFinite(v)) {
        if (least < 0 || v < Number(rows[least][yColumn])) least = to;
        if (greatest < 0 || v > Number(rows[greatest][yColumn])) greatest = to;
      }
      to++;
    }
    const a = least < 0 ? from : Math.min(least, greatest);
    const b = least < 0 ? from : Math.max(least, greatest);
    out[written++] = from;
    if (a > from) out[written++] = a;
    if (b > a) out[written++] = b;
    if (to - 1 > b) out[written++] = to - 1;
    from = to;
  }
  return written;
}

/**
 * The row whose x is nearest.
 * @param {ArrayLike<number|null>[]} rows by rising x
 * @param {number} column
 * @param {number} x
 * @returns {number} -1 if there are no rows
 */
export function nearest(rows, column, x) {
  let low = 0;
  let high = rows.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (Number(rows[middle][column]) < x) low = middle;
    else high = middle;
  }
  return Math.abs(Number(rows[low][column]) - x) <= Math.abs(Number(rows[high][column]) - x) ? low : high;
}

/**
 * The colours of a number's field: diverging around 0 where both signs matter, else rising from low to high.
 * @param {number} low
 * @param {number} high
 * @returns {{diverging: boolean, low: number, high: number}}
 */
export function valueScale(low, high) {
  if (!(high > low)) return { diverging: false, low: low - 1, high: low + 1 };
  if (low < 0 && high > 0 && Math.min(-low, high) > 0.15 * (high - low)) {
    const most = Math.max(-low, high);
    return { diverging: true, low: -most, high: most };
  }
  return { diverging: false, low, high };
}

/** A value's place in a table of 256 colours. @param {number} value @param {{low: number, high: number}} scale */
export function shade(value, scale) {
  return Math.min(255, Math.max(0, Math.round(((value - scale.low) / (scale.high - scale.low)) * 255)));
}

/**
 * The grid that shows equal pictures largest.
 * @param {number} items
 * @param {number} width
 * @param {number} height
 * @param {number} aspect a picture's width by its height
 * @param {number} gap between pictures
 * @returns {{columns: number, rows: number, width: number, height: number}} a picture's size
 */
export function gridOf(items, width, height, aspect, gap) {
  let best = { columns: 1, rows: Math.max(1, items), width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, items); columns++) {
    const rows = Math.max(1, Math.ceil(items / columns));
    const w = Math.min((width - gap * (columns - 1)) / columns, ((height - gap * (rows - 1)) / rows) * aspect);
    if (w > best.width) best = { columns, rows, width: Math.max(1, w), height: Math.max(1, w / aspect) };
  }
  return best;
}

/**
 * Few places of a logarithmic axis: powers of ten over a wide range, 1 and 3 or 1, 2, 5 of each over a narrow one.
 * @param {number} low above 0
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function logTicks(low, high, most) {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const decades = Math.log10(high / low);
  const steps = decades <= 1.4 ? [1, 2, 5] : decades <= 2.6 ? [1, 3] : [1];
  const every = Math.max(1, Math.ceil(decades / Math.max(1, most)));
  const out = [];
  for (let power = first; power <= last; power++) {
    if (power % every !== 0) continue;
    for (const step of steps) {
      // 10 to a negative power is not exact: the decimal text is.
      const value = Number(`${step}e${power}`);
      if (value >= low && value <= high) out.push(value);
    }
  }
  return out;
}
