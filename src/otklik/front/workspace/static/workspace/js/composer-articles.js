// Articles in an answer or a note: found as one types, seen as they are read, put where the caret was.
import { make, post, words } from "../../ui/js/page.js";
import { composer, textOf } from "./composer-form.js";
import { picker, put } from "./composer-picker.js";

const modeIn = (box) => box.querySelector("[name=mode]").value;
const { opened, asking, chosen } = picker("article", {
  look: ({ dataset }, box) => fetch(`${dataset.look}?mode=${modeIn(box)}`),
  take: (box, { button, strong }) => (button ? take(box, button.value) : wish(box, strong ? "pasted" : "linked")),
});
let waits = "";
let typed = null;

// `??` after a blank is a wish for an article; the window opens, and what is chosen comes in its place.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("#reply-text, #note-text") || target.selectionStart !== target.selectionEnd) return;
  if (!/(?:^|\s)\?\?$/u.test(target.value.slice(0, target.selectionEnd))) return;
  typed = { field: target, end: target.selectionEnd };
  target.closest("[data-mode]").querySelector("[data-key=article]")?.click();
});

const isFresh = (box) => box.querySelector("[data-asked]")?.dataset.asked.trim() === asking(box).value.trim();

// What was typed is still looked for: the best of it is taken as soon as it is there.
function wish(box, how) {
  if (isFresh(box)) take(box, how);
  else waits = how;
}

document.addEventListener("htmx:after:swap", () => {
  const box = opened();
  if (!box || !waits || !isFresh(box)) return;
  const how = waits;
  waits = "";
  take(box, how);
});

async function take(box, how) {
  const option = chosen(box);
  const form = composer();
  if (!option || !form || "busy" in box.dataset) return;
  const mode = modeIn(box);
  const body = new FormData();
  body.set("mode", mode);
  body.set("how", how);
  body.set("q", asking(box).value);
  box.dataset.busy = "";
  const answer = await post(`${option.dataset.look}insert/`, body).catch(() => null);
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  delete box.dataset.busy;
  if (!told) return refused(box);
  box.dataset.taken = "";
  box.close();
  if (form.isConnected) inPlace(form, mode, told.text);
}

// The window stays: the same press tries it again.
function refused(box) {
  box.querySelector("[data-refused]")?.remove();
  asking(box).after(make("p", { class: "err", role: "alert", "data-refused": true }, words.failed));
}

function inPlace(form, mode, text) {
  const field = textOf(form, mode);
  const sign = typed?.field === field && field.value.slice(typed.end - 2, typed.end) === "??" ? typed : null;
  typed = null;
  put(form, mode, text, sign && sign.end - 2, sign?.end);
}

// Closed without an article: the last words are what was missing.
document.addEventListener("close", ({ target }) => {
  if (!target.matches?.("[data-article-picker]") || "taken" in target.dataset) return;
  waits = "";
  typed = null;
  const query = asking(target).value.trim();
  const form = composer();
  if (!query || !form) return;
  const body = new FormData();
  body.set("q", query);
  post(`${form.dataset.articles}sought/`, body).catch(() => null);
}, true);
