// Binds the table of keys (core/ui/keys.py) to elements that offer the action by data-key.
import { data, root, shown, takesText } from "./page.js";
import { letterOf, pressed } from "./keymatch.js";

const table = new Map(data.keys.map(([action, keys]) => [keys, action]));
const builtin = new Map();
const usable = new Map();
const REPEATS = new Set(["row-next", "row-previous", "row-extend-down", "row-extend-up"]);
const WAIT = 1000;
let waiting = null;

/** Do `run` for an action that no element offers; it returns false when it had nothing to do.  `here` tells whether this
    page has a use for it: what has none does not stand in the sheet. */
export function on(action, run, here = () => true) {
  builtin.set(action, run);
  usable.set(action, here);
}

const rests = (element) => element.matches(":disabled, [aria-disabled=true]");
export const isOffered = (action) => Boolean(usable.get(action)?.()) || offers(action).some((element) => !rests(element));

/** Links that follow G, by letter. */
export function places() {
  const found = [...document.querySelectorAll("[data-go]")].map((link) => [link.dataset.go, link]);
  return new Map(found.reverse());
}

function offers(action, within = layer()) {
  return [...within.querySelectorAll(`[data-key~="${action}"]`)];
}

// The topmost layer owns the keys.
function layer() {
  const dialogs = document.querySelectorAll("dialog[open]");
  return dialogs[dialogs.length - 1] ?? document;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (waiting) return follow(event);
  const name = pressed(event);
  const single = !name.startsWith("Mod+") && name !== "Esc";
  if (!name || (single && !singleAllowed(event, name))) return;
  if (name === "G" && !event.repeat) return start(event);
  const action = table.get(name);
  if (!action || (event.repeat && !REPEATS.has(action))) return;
  if (run(action, event)) event.preventDefault();
});

function singleAllowed(event, name) {
  if (root.dataset.keys === "off" || takesText(event.target)) return false;
  if (document.querySelector(".menu:popover-open, .palette:popover-open")) return false;
  const busy = event.target.closest?.("a, button, input, summary, [role=button]");
  return !(busy && (name === "Enter" || (name === "Space" && !busy.matches("a:not([role])")))); // a link leaves Space alone
}

function run(action, event) {
  if (action === "leave") return leave(event.target);
  if (meant(action, event)) return true;
  const element = offered(action, event.target.closest?.("form"));
  if (!element) return layer() === document && builtin.has(action) && builtin.get(action)(event) !== false;
  use(element);
  return true;
}

// A row with the focus may take the key for its own ticket: it prevents the default.
function meant(action, event) {
  const told = new CustomEvent("key:act", { bubbles: true, cancelable: true, detail: { action } });
  return layer() === document && !event.target.dispatchEvent(told);
}

function offered(action, form) {
  const all = [...(form ? offers(action, form) : []), ...offers(action)];
  return all.find(shown) ?? all.find(comes);
}

/** Do what an element of this page offers under a key. */
export function act(action) {
  const element = offered(action);
  if (element) use(element);
}

// What is out of sight may be brought into it by the part of the page that hides it: it prevents the default.
function comes(element) {
  return !element.dispatchEvent(new CustomEvent("key:hidden", { bubbles: true, cancelable: true })) && shown(element);
}

/** Press or focus the element of an action; a disabled one says why. */
export function use(element) {
  if (rests(element)) {
    const text = element.dataset.why;
    if (text) document.dispatchEvent(new CustomEvent("say", { detail: { text, state: "info" } }));
    return;
  }
  if (takesText(element)) {
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  } else {
    element.click();
  }
}

// Esc in a text: the text is left, single keys work again, the draft stays.
function leave(target) {
  if (!takesText(target) || target.closest("dialog, [popover]")) return false;
  target.blur();
  target.dispatchEvent(new CustomEvent("key:leave", { bubbles: true }));
  return true;
}

function start(event) {
  if (layer() !== document || places().size === 0) return;
  event.preventDefault();
  waiting = setTimeout(stop, WAIT);
  document.dispatchEvent(new CustomEvent("key:go", { detail: { places: places() } }));
}

function follow(event) {
  if (["Shift", "Control", "Meta", "CapsLock"].includes(event.key)) return;
  const link = places().get(letterOf(event));
  event.preventDefault();
  stop();
  link?.click();
}

function stop() {
  clearTimeout(waiting);
  waiting = null;
  document.dispatchEvent(new CustomEvent("key:go", { detail: { places: null } }));
}
