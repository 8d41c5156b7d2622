// Which key was pressed, on any layout: the typed Latin letter, else the letter of the physical key.
import { isMac } from "./page.js";

const SYMBOLS = { "/": "Slash", "[": "BracketLeft", "]": "BracketRight" };
const NAMED = { Enter: "Enter", " ": "Space", Escape: "Esc" };

/** "R", "Shift+E", "Mod+Enter", "?"; "" when the key can mean nothing to us. */
export function pressed(event) {
  if (event.altKey || event.getModifierState?.("AltGraph")) return "";
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const foreign = isMac ? event.ctrlKey : event.metaKey;
  if (foreign) return "";
  const symbol = symbolOf(event);
  if (symbol && !mod) return symbol;
  const name = NAMED[event.key] ?? letterOf(event);
  if (!name) return "";
  return `${mod ? "Mod+" : ""}${event.shiftKey ? "Shift+" : ""}${name}`;
}

export function letterOf(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  return /^Key[A-Z]$/.test(event.code) && [...event.key].length === 1 ? event.code.slice(3) : "";
}

// A symbol is accepted as typed, or by its place on a US keyboard when that place types no Latin letter.
function symbolOf(event) {
  if (event.key === "?" || "[]/".includes(event.key) || /^[0-9-]$/.test(event.key)) return event.key;
  if (/^[a-z]$/i.test(event.key)) return "";
  if (event.code === "Slash" && event.shiftKey) return "?";
  const found = Object.entries(SYMBOLS).find(([, code]) => code === event.code && !event.shiftKey);
  return found ? found[0] : "";
}
