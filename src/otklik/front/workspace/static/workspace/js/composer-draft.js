// Nothing typed is lost: kept on the server two seconds after the last key and when the field is left, in this browser
// while the server does not answer; other tabs of the browser follow, other computers are asked.
import { drop, dropLeft, keep, left, together } from "../../ui/js/kept.js";
import { post } from "../../ui/js/page.js";
import { composer, modeOf, notice, show, textOf } from "./composer-form.js";

const QUIET = 2000;
const RETRY = 10_000;
const MODES = ["reply", "note"];
const tabs = new BroadcastChannel("otklik-drafts");
const states = new WeakMap();
const placeOf = (form, mode) => `${form.dataset.drafts}${mode}`;

const FIELDS = {
  note: ["note", "note_files"],
  reply: ["text", "files", "to", "cc", "via", "history", "next", "summary", "link", "reason", "explanation", "alternatives", "consulted", "aside_what", "aside_agreed", "promise_why", "aside_who", "aside_whom", ...["wait", "promise", "aside"].flatMap((name) => [`${name}_until`, `${name}_other`])],
};

function contents(form, mode) {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (FIELDS[mode].includes(name)) values.append(name, value);
  return values.toString();
}

function watch() {
  const form = composer();
  if (!form || states.has(form)) return;
  const state = {};
  for (const mode of MODES) state[mode] = { kept: contents(form, mode), base: form.getAttribute(`data-base-${mode}`), timer: null };
  states.set(form, state);
  name(form);
  recall(form);
}

// What was sent is no draft any more, here or on the server; what comes next begins anew.
document.addEventListener("composer:emptied", ({ target: form }) => {
  for (const mode of MODES) clearTimeout(states.get(form)?.[mode].timer);
  states.delete(form);
  form.removeAttribute("data-base-reply");
  watch();
});

// The answer that is sent says on which draft it was written: one that came since stays.
function name(form) {
  if (form.elements.base) form.elements.base.value = states.get(form)?.reply.base ?? "";
}

function changed(form, mode) {
  watch();
  const state = states.get(form)[mode];
  const now = contents(form, mode);
  clearTimeout(state.timer);
  state.held = true;
  if (now === state.kept) return drop(placeOf(form, mode));
  state.held = keep(placeOf(form, mode), now, state.base);
  state.timer = setTimeout(() => save(form, mode), QUIET);
}

/** Save at once; `keepalive` when the page is being left. */
async function save(form, mode, options = {}) {
  const state = states.get(form)?.[mode];
  if (!state || state.busy || !notice(form, "conflict")?.hidden) return;
  clearTimeout(state.timer);
  const now = contents(form, mode);
  if (now === state.kept || !form.isConnected) return;
  const text = textOf(form, mode).value;
  const body = new URLSearchParams(now);
  body.set("mode", mode);
  body.set("key", form.elements.key.value);
  body.set("base", state.base ?? "");
  state.busy = true;
  tell(form, "saving");
  const asked = performance.now();
  const answer = await post(form.dataset.drafts, body, options).catch(() => null);
  state.busy = false;
  if (answer?.status === 409) return conflict(form, mode, await answer.json());
  if (!answer?.ok) return later(form, mode);
  const { at, offer } = await answer.json();
  Object.assign(state, { kept: now, base: at });
  name(form);
  drop(placeOf(form, mode));
  tell(form, textOf(form, mode).value.trim() ? "saved" : "");
  tabs.postMessage({ address: form.dataset.drafts, mode, text, base: at });
  if (!form.isConnected) return; // another request is open by now, and the date of these words is none of its
  document.dispatchEvent(new CustomEvent("draft:kept", { detail: { mode, offer, asked } }));
  if (contents(form, mode) !== now) changed(form, mode);
}

function later(form, mode) {
  tell(form, states.get(form)[mode].held ? "local" : "nowhere");
  states.get(form)[mode].timer = setTimeout(() => save(form, mode), RETRY);
}

function tell(form, what) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = place.dataset[what] ?? "";
}

// The browser holds what never reached the server: it comes back, the texts of several windows one below the other.
// Where the server has got another text since, that one stands above.
async function recall(form) {
  for (const mode of MODES) {
    const copies = await left(placeOf(form, mode));
    const state = states.get(form)?.[mode];
    let safe = true;
    if (!copies.length || !state || !form.isConnected) continue;
    const field = textOf(form, mode);
    const stood = field.value;
    const texts = copies.map(({ values }) => new URLSearchParams(values).get(field.name) ?? "");
    const goesOn = contents(form, mode) === state.kept && copies.every(({ base }) => (base || "") === (state.base || ""));
    const text = together(goesOn ? texts : [stood, ...texts]);
    if (text.trim() && text !== stood) {
      state.before = stood;
      field.value = text;
      show(form, texts.includes(text) ? "restored" : "both");
      changed(form, mode);
      safe = state.held;
    } else if (contents(form, mode) === state.kept) drop(placeOf(form, mode));
    if (safe) dropLeft(placeOf(form, mode), copies);
  }
}

// Two windows changed the same text: the person chooses, nothing is thrown away by itself.  Whose text goes on from the
// other one has nothing to choose.
function conflict(form, mode, theirs) {
  const state = states.get(form)[mode];
  state.theirs = theirs;
  if (theirs.within) {
    state.base = theirs.at;
    return save(form, mode);
  }
  const place = show(form, "conflict");
  place.querySelector("[data-theirs]").textContent = (theirs.text.trim() || theirs.form.explanation || "").slice(0, 120);
  place.dataset.mode = mode;
}

document.addEventListener("click", (event) => {
  const form = composer();
  if (!form?.contains(event.target)) return;
  const mode = notice(form, "conflict").dataset.mode;
  const more = mode && states.get(form)[mode].theirs?.more;
  if (more && event.target.closest("[data-keep-both]")) return join(form, mode);
  if (more && event.target.closest("[data-take-theirs]")) return redraw(form, mode);
  if (event.target.closest("[data-keep-both]")) settle(form, mode, (theirs, mine) => together([theirs, mine]));
  if (event.target.closest("[data-take-theirs]")) settle(form, mode, (theirs) => theirs);
  if (event.target.closest("[data-keep-mine]")) settle(form, mode, (_theirs, mine) => mine);
  if (event.target.closest("[data-drop-restored]")) dropRestored(form);
});

function settle(form, mode, choose) {
  const state = states.get(form)[mode];
  const field = textOf(form, mode);
  const mine = field.value;
  state.base = state.theirs.at;
  name(form);
  field.value = choose(state.theirs.text, mine);
  if (field.value === state.theirs.text) {
    state.kept = contents(form, mode);
    drop(placeOf(form, mode));
  } else state.held = keep(placeOf(form, mode), contents(form, mode), state.base);
  delete notice(form, "conflict").dataset.mode;
  show(form, "conflict", false);
  field.focus();
  save(form, mode);
}

// There is more in it than a text: reason, ways round, files.  The server puts both together, and draws them.
async function join(form, mode) {
  const body = new URLSearchParams(contents(form, mode));
  for (const [name, value] of Object.entries({ mode, key: form.elements.key.value, base: states.get(form)[mode].theirs.at, both: "1" })) body.set(name, value);
  const answer = await post(form.dataset.drafts, body).catch(() => null);
  if (answer?.status === 409) return conflict(form, mode, await answer.json());
  if (!answer?.ok) return tell(form, states.get(form)[mode].held ? "local" : "nowhere");
  return redraw(form, mode);
}

/** The composer as the server has it; what was typed in the other text is kept first. */
export async function redraw(form, mode) {
  const other = MODES.find((one) => one !== mode);
  forget(form, mode);
  show(form, "conflict", false);
  await save(form, other);
  const held = form.contains(document.activeElement);
  await htmx.ajax("GET", `${form.dataset.whole}?compose=${modeOf(form)}`, { target: "#composer", swap: "outerHTML" });
  if (held) textOf(composer())?.focus({ preventScroll: true });
}

/** Nothing is typed here that the server has not got, and nothing was sent a moment ago. */
export function untouched(form) {
  const state = states.get(form);
  return Boolean(state) && !form.querySelector(".sentbar") && MODES.every((mode) => !state[mode].busy && contents(form, mode) === state[mode].kept);
}

function dropRestored(form) {
  for (const mode of MODES) {
    const state = states.get(form)[mode];
    if (state.before === undefined) continue;
    textOf(form, mode).value = state.before;
    delete state.before;
    changed(form, mode);
    save(form, mode);
  }
  for (const name of ["restored", "both"]) show(form, name, false);
  textOf(form).focus();
}

// Another tab saved: this one follows while nobody types here.  It gets what was saved, not what stands there by now:
// else the next save of this tab would not know on which text it was written.
tabs.onmessage = ({ data }) => {
  const form = composer();
  const state = form && states.get(form)?.[data.mode];
  if (!state || form.dataset.drafts !== data.address) return;
  const field = textOf(form, data.mode);
  if (contents(form, data.mode) !== state.kept || (isBeingTyped(field) && field.value !== data.text)) return;
  field.value = data.text;
  Object.assign(state, { kept: contents(form, data.mode), base: data.base });
  name(form);
};

const isBeingTyped = (field) => document.hasFocus() && document.activeElement === field;

/** The text was sent: no copy of it stays, and a save on its way does not bring it back. */
export function forget(form, mode) {
  const state = form && states.get(form)?.[mode];
  if (!state) return;
  clearTimeout(state.timer);
  state.kept = contents(form, mode);
  drop(placeOf(form, mode));
}

const formOf = (event) => event.target.closest?.("form#composer");
const modeOfField = (field) => (field.closest?.("[data-mode=note]") ? "note" : "reply");
document.addEventListener("input", (event) => formOf(event) && changed(formOf(event), modeOfField(event.target)));
document.addEventListener("change", (event) => formOf(event) && changed(formOf(event), modeOfField(event.target)));
document.addEventListener("composer:changed", (event) => MODES.forEach((mode) => changed(formOf(event), mode)));
document.addEventListener("focusout", (event) => formOf(event) && save(formOf(event), modeOfField(event.target)));
document.addEventListener("htmx:after:swap", watch);
addEventListener("pagehide", () => composer() && MODES.forEach((mode) => save(composer(), mode, { keepalive: true })));
watch();
