// Nothing typed is lost: [data-draft="/address/"] on a form or field is saved 2 s after the last key and when it is
// left, on the server and, while the server does not answer, in this browser.  Hidden fields that are [data-with-draft]
// go along; the one named "base" learns when the draft was saved, and 409 says that another window saved since.
import { drop, dropLeft, keep, left, together } from "./kept.js";
import { glyph, make, post, words } from "./page.js";

const QUIET = 2000;
const RETRY = 10_000;
const states = new WeakMap();
const placeOf = (box) => box.dataset.draft;
const baseOf = (box) => box.querySelector("[data-with-draft][name=base]")?.value ?? "";
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
  if (now === state.saved) return drop(placeOf(box));
  state.held = keep(placeOf(box), now, baseOf(box));
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
    drop(placeOf(here));
    await learn(here, answer);
    tell(here, words.saved);
    changed(here);
  } else if (answer?.status === 409) {
    tell(here, words.elsewhere);
  } else {
    tell(here, state.held ? words.unsaved : words.nowhere);
    state.timer = setTimeout(() => save(here), RETRY);
  }
}

async function learn(box, answer) {
  const base = box.querySelector("[data-with-draft][name=base]");
  if (base) base.value = (await answer.json()).at;
}

// What the browser still holds never reached the server: it comes back, with a way to drop it.  Texts that several windows
// kept stand one below the other, and so does what the server has got since.
async function restore(box) {
  const copies = await left(placeOf(box));
  if (!copies.length || !box.isConnected) return;
  const before = contents(box);
  const goesOn = before.toString() === states.get(box).saved && copies.every(({ base }) => base === baseOf(box));
  const all = copies.map(({ values }) => new URLSearchParams(values));
  const found = joined(box, goesOn ? all : [before, ...all]);
  if (found.toString() === before.toString()) {
    dropLeft(placeOf(box), copies);
    return changed(box);
  }
  fill(box, found);
  const state = states.get(box);
  state.held = keep(placeOf(box), found.toString(), baseOf(box));
  if (state.held) dropLeft(placeOf(box), copies);
  const away = make("button", { class: "btn s", type: "button" }, words.dropIt);
  const said = all.some((one) => one.toString() === found.toString()) ? words.restored : words.both;
  const notice = make("p", { class: "callout", "data-s": "plain", role: "status" }, glyph("undo"), make("span", { class: "grow" }, said), away);
  away.addEventListener("click", () => {
    fill(box, before);
    changed(box);
    notice.remove();
  });
  box.matches("form") ? box.prepend(notice) : box.before(notice);
  save(box);
}

/** The newest of all, and of a text each that was written. */
function joined(box, all) {
  const found = new URLSearchParams(all.at(-1));
  for (const { name } of fields(box).filter((field) => field.matches("textarea"))) {
    found.set(name, together(all.map((one) => one.get(name) ?? "")));
  }
  return found;
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
  drop(placeOf(box));
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
