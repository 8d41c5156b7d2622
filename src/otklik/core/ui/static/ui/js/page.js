// What the server told the page, and the few things every module needs.

const block = document.getElementById("ui-data");
export const data = block
  ? JSON.parse(block.textContent)
  : { keys: [], scopes: {}, units: ["s", "min", "h", "d"], words: {} };
export const root = document.documentElement;

// Keys of one's own take the place of the usual ones wherever the table is read; "" is no key at all.
const own = JSON.parse(root.dataset.ownKeys ?? "{}");
/** What a cap of the usual table shows, and what it shows for this person. */
export const moved = new Map(data.keys.filter(([action]) => own[action]).map(([action, , , , caption]) => [caption, own[action][1]]));
/** Action: its usual key and what a cap shows of the one that this person has, where that is another. */
export const movedActs = new Map(data.keys.filter(([action]) => own[action]).map(([action, keys]) => [action, [keys, own[action][1]]]));
data.keys = data.keys.map(([action, keys, label, scope, caption]) => {
  const [mine, shown] = own[action] ?? [keys, caption];
  return [action, mine, label, scope, shown];
});
export const words = data.words;

/** Address of a page another room offers ("live", "search", "preferences"), or "". */
export const door = (name) => root.getAttribute(`data-${name}`) ?? "";

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Visible on the page right now. */
export function shown(element) {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
}

/** The element takes text from the keyboard. */
export function takesText(element) {
  if (!(element instanceof Element)) return false;
  if (element.closest("[contenteditable]:not([contenteditable=false])")) return true;
  if (element.matches("textarea, select")) return true;
  return element.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])");
}

/** Headers a request of ours carries: the token against forgery, and what it is. */
export function headers() {
  const inherited = document.body.getAttribute("hx-headers:inherited");
  return { ...(inherited ? JSON.parse(inherited) : {}), "X-Requested-With": "fetch" };
}

export function post(address, body, options = {}) {
  return fetch(address, { method: "POST", body, headers: headers(), credentials: "same-origin", ...options });
}

/** Say something to a screen reader without moving the focus. */
export function announce(text) {
  const region = document.getElementById("announce");
  if (region) region.textContent = text;
}

/** An element in one line: make("button", {class: "btn", type: "button"}, "Text", child). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ""));
  return element;
}

export const glyph = (name, size = "") => make("i", { class: `i i-${name} ${size}`.trim(), "aria-hidden": "true" });
