// Nothing typed is lost: [data-draft="/address/"] on a form or field is saved 2 s after the last key and when it is
// left, on the server and, while the server does not answer, in this browser.  Hidden fields that are [data-with-draft]
// go along; the one named "base" learns when the draft was saved, and 409 says that another window saved since.
import { glyph, make, post, words } from "./page.js";

const QUIET = 2000;
const RETRY = 10_000;
const states = new WeakMap();
const key = (box) => `otklik-draft:${box.dataset.draft}`;
const fields = (box) => (box.matches("form") ? [...box.elements].filter(isText) : [box]);
const isText = (field) => field.name && field.matches("textarea, input:not([type=hidden], [type=file], [type=password], [type=submit])");

function contents(box) {
  const values = new URLSearchParams();
  for (const field of fields(box)) {
    if (field.matches("[type=checkbox], [type=radio]") && !field.checked) continue;
    values.append(field.name, field.value);
  }
  return values;
}

function watch(box) {
  if (states.has(box)) return;
  states.set(box, { box, timer: null, busy: false, saved: contents(box).toString() });
  restore(box);
}

function changed(box) {
  const state = states.get(box);
  const now = contents(box).toString();
  if (now === state.saved) return;
  keepHere(box, now);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(box), QUIET);
}

async function save(box, options = {}) {
  const state = states.get(box);
  const now = contents(box).toString();
  clearTimeout(state.timer);
  if (!box.isConnected || state.busy || now === state.saved) return;
  tell(box, words.saving);
  const body = new URLSearchParams(now);
  for (const field of box.querySelectorAll("[data-with-draft]")) body.append(field.name, field.value);
  const before = state.saved;
  state.busy = true;
  const answer = await post(box.dataset.draft, body, options).catch(() => null);
  state.busy = false;
  const here = state.box; // drawn anew meanwhile
  if (state.saved !== before) return; // sent meanwhile
  if (answer?.ok) {
    state.saved = now;
    localStorage.removeItem(key(here));
    await learn(here, answer);
    tell(here, words.saved);
    changed(here);
  } else if (answer?.status === 409) {
    tell(here, words.elsewhere);
  } else {
    tell(here, words.unsaved);
    state.timer = setTimeout(() => save(here), RETRY);
  }
}

async function learn(box, answer) {
  const base = box.querySelector("[data-with-draft][name=base]");
  if (base) base.value = (await answer.json()).at;
}

function keepHere(box, now) {
  try {
    localStorage.setItem(key(box), now);
  } catch {
    // A full or forbidden storage leaves the server's copy.
  }
}

// What the browser still holds never reached the server: it comes back, with a way to drop it.
function restore(box) {
  const kept = localStorage.getItem(key(box));
  if (!kept || kept === contents(box).toString()) return;
  const before = contents(box);
  fill(box, new URLSearchParams(kept));
  const drop = make("button", { class: "btn s", type: "button" }, words.dropIt);
  const notice = make("p", { class: "callout", "data-s": "plain", role: "status" }, glyph("undo"), make("span", { class: "grow" }, words.restored), drop);
  drop.addEventListener("click", () => {
    fill(box, before);
    localStorage.removeItem(key(box));
    notice.remove();
  });
  box.matches("form") ? box.prepend(notice) : box.before(notice);
  save(box);
}

function fill(box, values) {
  for (const field of fields(box)) {
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
  box.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true, detail: values }));
}

function tell(box, text) {
  const place = (box.closest("form") ?? document).querySelector("[data-draft-state]");
  if (place) place.textContent = text;
}

/** The text has been sent: forget every copy in this browser. */
function forget(box) {
  const state = states.get(box);
  if (!state) return;
  clearTimeout(state.timer);
  state.saved = contents(box).toString();
  localStorage.removeItem(key(box));
}

const boxOf = (event) => event.target.closest?.("[data-draft]");

/** Forms and fields that came onto the page by another way than htmx. */
export const find = () => document.querySelectorAll("[data-draft]").forEach(watch);

/** Something stands there that the server has not saved. */
export const isUnsaved = (box) => states.has(box) && contents(box).toString() !== states.get(box).saved;

/** The same form drawn anew goes on where the old one was: what was not saved yet is saved from there. */
export function goOn(old, box) {
  const state = states.get(old);
  if (!state || !box) return;
  clearTimeout(state.timer);
  state.box = box;
  states.set(box, state);
  changed(box);
}

document.addEventListener("input", (event) => boxOf(event) && (watch(boxOf(event)), changed(boxOf(event))));
document.addEventListener("focusout", (event) => {
  const box = boxOf(event);
  // On the way to a button of the same form nothing may move under the hand; the clock of 2 s still runs.
  const pressing = event.relatedTarget?.matches?.("button") && box?.contains(event.relatedTarget);
  if (box && states.has(box) && !pressing) save(box);
});
document.addEventListener("draft:clear", (event) => {
  const box = boxOf(event) ?? event.target.querySelector?.("[data-draft]");
  if (box) forget(box);
});
document.addEventListener("submit", (event) => {
  const box = event.target.matches("[data-draft]") ? event.target : event.target.querySelector("[data-draft]");
  if (box && !event.defaultPrevented && !event.target.matches("[hx-post]")) forget(box);
});
document.addEventListener("htmx:after:swap", find);
addEventListener("pagehide", () => document.querySelectorAll("[data-draft]").forEach((box) => states.has(box) && save(box, { keepalive: true })));
find();
