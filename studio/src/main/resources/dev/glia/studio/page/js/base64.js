// @ts-check
/**
 * Base64 of the API's arrays; numbers are little endian, as every machine with a browser is.
 *
 * @module
 */

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function bytes(text) {
  const binary = atob(text);
  const array = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    array[i] = binary.charCodeAt(i);
  }
  return array;
}

/**
 * @param {string} text
 * @returns {Float32Array}
 */
export function floats(text) {
  return new Float32Array(bytes(text).buffer);
}

/**
 * Bytes as base64.
 *
 * @param {Uint8Array} array
 * @returns {string}
 */
export function encode(array) {
  let binary = "";
  for (let i = 0; i < array.length; i += 8192) {
    binary += String.fromCharCode(...array.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/**
 * Bytes as base64 that an address can hold: - and _ for + and /, no padding.
 *
 * @param {Uint8Array} array
 */
export function encodeUrl(array) {
  return encode(array).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function bytesUrl(text) {
  return bytes(text.replace(/-/g, "+").replace(/_/g, "/"));
}
