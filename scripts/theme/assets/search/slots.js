/* The number of every text in the index of texts, as `explainer/publish/search/slots.py` gives it: its hash, or the next free one. */

/** Slots for each text at least. */
const ROOM = 2.5;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

const encoder = new TextEncoder();

/**
 * The CRC-32 of a text in UTF-8; of one in ASCII, as nearly all addresses are, without encoding it.
 * @param {string} text
 */
const hashOf = text => {
  let sum = 0xffffffff;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code > 0x7f) return encodedHashOf(text);
    sum = TABLE[(sum ^ code) & 0xff] ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
};

/** @param {string} text */
const encodedHashOf = text => {
  let sum = 0xffffffff;
  for (const byte of encoder.encode(text)) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
};

/**
 * The slot of each address.
 * @param {string[]} addresses
 */
export const slotsOf = addresses => {
  let space = 16;
  while (space < ROOM * addresses.length) space *= 2;
  const homes = addresses.map((at, number) => {
    const hash = hashOf(at);
    return { number, hash, home: hash % space };
  });
  /** @type {number[]} */
  const slots = Array(addresses.length).fill(0);
  let free = 0;
  for (const { number, home } of homes.sort((a, b) => a.home - b.home || a.hash - b.hash || a.number - b.number)) {
    slots[number] = Math.max(free, home);
    free = slots[number] + 1;
  }
  return slots;
};
