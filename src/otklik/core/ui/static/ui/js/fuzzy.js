// Finding by a few letters, also typed on the wrong layout, with ё as е.

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё";
const there = new Map([...LATIN].map((letter, at) => [letter, CYRILLIC[at]]));
const back = new Map([...CYRILLIC].map((letter, at) => [letter, LATIN[at]]));

export const plain = (text) => text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim();

/** The query as typed, and as it would read on the other layout. */
export function readings(query) {
  const typed = query.toLowerCase();
  const swapped = [...typed].map((letter) => there.get(letter) ?? back.get(letter) ?? letter).join("");
  return [...new Set([plain(typed), plain(swapped)])].filter(Boolean);
}

/** How well a label answers a query: 0 not at all, more is better. */
export function score(label, query) {
  const text = plain(label);
  return Math.max(0, ...readings(query).map((reading, at) => rate(text, reading) - at * 0.5));
}

function rate(text, query) {
  if (text.startsWith(query)) return 10;
  const parts = query.split(" ");
  const starts = text.split(/[\s«„"(,.-]+/);
  if (parts.every((part) => starts.some((word) => word.startsWith(part)))) return 8;
  if (text.includes(query)) return 6;
  return query.length > 2 && inOrder(text, query) ? 2 : 0;
}

function inOrder(text, query) {
  let at = -1;
  return [...query].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}
