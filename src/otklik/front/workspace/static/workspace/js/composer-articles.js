// Articles in an answer or a note: found as one types, seen as they are read, put where the caret was.
import { make, post, words } from "../../ui/js/page.js";
import { composer, textOf, type, write } from "./composer-form.js";

const written = new WeakSet();
document.addEventListener("focusin", ({ target }) => target.matches?.("#reply-text, #note-text") && written.add(target));

const picker = () => document.querySelector("dialog[data-article-picker][open]");
const find = (box) => box.querySelector("#article-find");
const options = (box) => [...box.querySelectorAll("[role=option]")];
const chosen = (box) => box.querySelector("[role=option][aria-selected=true]");
const modeIn = (box) => box.querySelector("[name=mode]").value;
let waits = "";
let typed = null;

// `??` after a blank is a wish for an article; the window opens, and what is chosen comes in its place.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("#reply-text, #note-text") || target.selectionStart !== target.selectionEnd) return;
  if (!/(?:^|\s)\?\?$/u.test(target.value.slice(0, target.selectionEnd))) return;
  typed = { field: target, end: target.selectionEnd };
  target.closest("[data-mode]").querySelector("[data-key=article]")?.click();
});

document.addEventListener("keydown", (event) => {
  const box = event.target.id === "article-find" && picker();
  if (!box || event.isComposing) return;
  const all = options(box);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    mark(box, all[(all.indexOf(chosen(box)) + step + all.length) % all.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation();
    const how = event.ctrlKey || event.metaKey ? "pasted" : "linked";
    if (isFresh(box)) take(box, how);
    else waits = how; // what was typed is still looked for: the best of it is taken as soon as it is there
  }
}, true);

const isFresh = (box) => box.querySelector("[data-asked]")?.dataset.asked.trim() === find(box).value.trim();

document.addEventListener("htmx:after:swap", () => {
  const box = picker();
  if (!box || !waits || !isFresh(box)) return;
  const how = waits;
  waits = "";
  if (chosen(box)) take(box, how);
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-article-picker] [role=option]");
  if (option) mark(picker(), option);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-article-picker] [data-insert-article]") || !composer()) return;
  event.preventDefault();
  take(picker(), event.submitter?.value ?? "linked");
});

async function mark(box, option) {
  for (const other of options(box)) other.setAttribute("aria-selected", other === option);
  find(box).setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
  const answer = await fetch(`${option.dataset.look}?mode=${modeIn(box)}`).catch(() => null);
  if (answer?.ok && chosen(box) === option) box.querySelector("#article-look").innerHTML = await answer.text();
}

async function take(box, how) {
  const option = chosen(box);
  const form = composer();
  if (!option || !form || "busy" in box.dataset) return;
  const mode = modeIn(box);
  const body = new FormData();
  body.set("mode", mode);
  body.set("how", how);
  body.set("q", find(box).value);
  box.dataset.busy = "";
  const answer = await post(`${option.dataset.look}insert/`, body).catch(() => null);
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  delete box.dataset.busy;
  if (!told) return refused(box);
  box.dataset.taken = "";
  box.close();
  if (form.isConnected) put(form, mode, told.text);
}

// The window stays: the same press tries it again.
function refused(box) {
  box.querySelector("[data-refused]")?.remove();
  find(box).after(make("p", { class: "err", role: "alert", "data-refused": true }, words.failed));
}

function put(form, mode, text) {
  const field = textOf(form, mode);
  form.querySelector(`#m-${mode}`).checked = true;
  if (!written.has(field)) write(field);
  const sign = typed?.field === field && field.value.slice(typed.end - 2, typed.end) === "??";
  type(field, text, sign ? typed.end - 2 : field.selectionStart, sign ? typed.end : field.selectionEnd);
  typed = null;
}

// Closed without an article: the last words are what was missing.
document.addEventListener("close", ({ target }) => {
  if (!target.matches?.("[data-article-picker]") || "taken" in target.dataset) return;
  waits = "";
  typed = null;
  const query = find(target).value.trim();
  const form = composer();
  if (!query || !form) return;
  const body = new FormData();
  body.set("q", query);
  post(`${form.dataset.articles}sought/`, body).catch(() => null);
}, true);
