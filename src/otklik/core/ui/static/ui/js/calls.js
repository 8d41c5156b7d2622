// The card of a call: stands over every page of whoever it rings for, survives a change of page, never takes the focus
// from what is being typed, and goes when somebody else answers.
import { find, goOn, isUnsaved } from "./draft.js";
import { announce, door, takesText } from "./page.js";
import { on } from "./keys.js";
import { serverNow, span } from "./timers.js";

const NAME = "otklik-call";
const LATER = "otklik-call-later";
const GATHER = 60;
const EACH = 10_000;
let asked = 0;
let done = false;
const card = () => document.getElementById("callcard");
let gathering = null;
let running = false;
let again = false;
let ticking = null;

if (door("calls")) {
  document.body.addEventListener("live:call", soon);
  document.body.addEventListener("live:connected", soon);
  document.body.addEventListener("call:changed", () => (done = true) && soon());
  document.addEventListener("click", later);
  document.addEventListener("visibilitychange", () => !document.hidden && card() && soon());
  on("call", toCard, () => Boolean(card()));
  // Once in each tab; afterwards only while a card stood on the page before.
  if (sessionStorage.getItem(NAME) !== "none") soon();
}

function soon() {
  clearTimeout(gathering);
  gathering = setTimeout(look, GATHER);
}

async function look() {
  if (running) return void (again = true);
  running = true;
  asked = Date.now();
  try {
    const answer = await fetch(door("calls"), { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) put(await answer.text());
  } finally {
    running = false;
    if (again) soon();
    again = false;
  }
}

function put(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const fresh = box.content.querySelector("#callcard");
  const old = card();
  const written = done;
  done = false;
  // The time after the call is over, but somebody writes its result just now.
  if (!fresh && old?.dataset.state === "over" && !written && isUsed(old)) return tick();
  sessionStorage.setItem(NAME, fresh ? fresh.dataset.call : "none");
  if (!fresh || isForLater(fresh) || isHere(fresh.dataset.call)) return leave(old);
  const same = old?.dataset.call === fresh.dataset.call;
  if (same && old.dataset.version === fresh.dataset.version && !isNewer(old, fresh)) return;
  const kept = same && !isNewer(old, fresh) ? typed(old) : null;
  if (old) old.replaceWith(fresh);
  else document.body.append(fresh);
  window.htmx?.process(fresh);
  if (kept) restore(fresh, kept);
  for (const box of kept ? drafts(old) : []) goOn(box, drafts(fresh).find((one) => one.dataset.draft === box.dataset.draft));
  find();
  if (!same) meet(fresh);
  tick();
}

const isForLater = ({ dataset: { call, state } }) => put.later === call || (state === "over" && sessionStorage.getItem(LATER) === call);

const drafts = (place) => [...place.querySelectorAll("[data-draft]")];

// Another window of the same person has saved what this one has not touched since.
function isNewer(old, fresh) {
  const [was, is] = [old, fresh].map((place) => place.querySelector("[name=base]")?.value ?? "");
  return is > was && !old.contains(document.activeElement) && !drafts(old).some(isUnsaved);
}

// The page of this very call shows the same.
const isHere = (call) => Boolean(document.querySelector(`#main [data-call="${CSS.escape(call)}"]`));

// Whoever types goes on typing; else the field by which an unknown caller is looked for has the focus.
function meet(fresh) {
  announce(fresh.dataset.says ?? "");
  const free = !document.activeElement || document.activeElement === document.body;
  if (free && !document.querySelector("dialog[open]")) fresh.querySelector("[data-first]")?.focus({ preventScroll: true });
}

function leave(old) {
  if (!old) return;
  const inside = old.contains(document.activeElement);
  old.remove();
  if (inside) document.getElementById("main")?.focus({ preventScroll: true });
}

const isUsed = (place) => place.contains(document.activeElement) || Boolean(place.querySelector("textarea")?.value) || Boolean(place.querySelector("input:checked"));

const fields = (place) => [...place.querySelectorAll("input[name], textarea[name]")].filter((one) => one.type !== "hidden");

function typed(place) {
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  return {
    values: fields(place).map((one) => [one.name, one.value, one.type === "radio" ? one.checked : null]),
    focus: active && { name: active.name, id: active.id, value: active.value, at: takesText(active) ? [active.selectionStart, active.selectionEnd] : null },
  };
}

function restore(place, { values, focus }) {
  for (const [name, value, checked] of values) {
    const field = fields(place).find((one) => one.name === name && (checked === null || one.value === value));
    if (!field) continue;
    if (checked === null) field.value = value;
    else if (checked) field.checked = true;
    if (field.type === "search" && value) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!focus) return;
  const field = (focus.id && place.querySelector(`#${CSS.escape(focus.id)}`)) || fields(place).find((one) => one.name === focus.name);
  field?.focus({ preventScroll: true });
  try {
    if (focus.at) field?.setSelectionRange(...focus.at);
  } catch {
    // a date has no place in its text
  }
}

// "Later": the call stays among those without a result.
function later({ target }) {
  if (!target.closest?.("#callcard [data-later]")) return;
  const { call, state } = card().dataset;
  put.later = call;
  if (state === "over") sessionStorage.setItem(LATER, call);
  leave(card());
}

function toCard() {
  const place = card();
  if (!place) return false;
  (place.querySelector("[data-main]") ?? place).focus();
  return true;
}

function tick() {
  clearTimeout(ticking);
  const shown = document.querySelectorAll("#callcard [data-since], #callcard [data-until]");
  if (!shown.length) return;
  const now = serverNow() / 1000;
  for (const one of shown) {
    const rest = one.dataset.until ? Number(one.dataset.until) - now : now - Number(one.dataset.since);
    const text = span(Math.max(0, rest));
    if (one.textContent !== text) one.textContent = text;
  }
  ticking = setTimeout(tick, 1000);
  // A card that stands is asked for now and then, whatever the stream does.
  if (Date.now() - asked > EACH) soon();
}
