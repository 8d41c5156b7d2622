// Finding by a few letters, also typed on the wrong layout, with ё as е.

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё";
const there = new Map([...LATIN].map((letter, at) => [letter, CYRILLIC[at]]));
const back = new Map([...CYRILLIC].map((letter, at) => [letter, LATIN[at]]));

/** What the key of a Latin letter types on the Russian layout. */
export const russianOf = (letter) => (there.get(letter.toLowerCase()) ?? letter).toUpperCase();

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
  return query.length > 2 && abbreviates(query.replaceAll(" ", ""), starts) ? 2 : 0;
}

// «нпчт», «впр»: letters in their order, and every word that is used begins with the first of its letters.  Letters
// scattered anywhere would find actions nobody asked for, and Enter would do them.
function abbreviates(query, [word, ...rest]) {
  if (!query) return true;
  if (word === undefined) return false;
  for (let taken = inOrder(word, query); taken > 0; taken--) {
    if (abbreviates(query.slice(taken), rest)) return true;
  }
  return abbreviates(query, rest);
}

/** How many of the first letters of a query a word holds in their order, from its own first letter on. */
function inOrder(word, query) {
  if (word[0] !== query[0]) return 0;
  let at = 0;
  let taken = 0;
  while (taken < query.length && at >= 0) {
    at = word.indexOf(query[taken], at) + 1 || -1;
    if (at > 0) taken += 1;
  }
  return taken;
}
