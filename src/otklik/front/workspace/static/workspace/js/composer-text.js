// Marks of the text (Markdown) and its preview.
import { on } from "../../ui/js/keys.js";
import { forMac } from "../../ui/js/keysheet.js";
import { isMac, post } from "../../ui/js/page.js";
import { composer, modeOf, textOf, type } from "./composer-form.js";

const AROUND = { bold: "**", italic: "_", code: "`" };
const BEFORE = { list: "- ", quote: "> " };

document.addEventListener("click", (event) => {
  const form = composer();
  const mark = event.target.closest("#composer [data-md]");
  if (mark) apply(textOf(form), mark.dataset.md);
  const look = event.target.closest("#composer [data-preview]");
  if (look) preview(form, look);
});

// The keys of the table (core/ui/keys.py) mean the text that is being written, and nothing outside of it.
for (const name of ["bold", "italic", "link"]) {
  on(name, (event) => {
    if (!event?.target.matches?.("#composer textarea[id$=-text]")) return false;
    apply(event.target, name);
    return true;
  }, composer);
}

if (isMac) {
  document.addEventListener("pointerover", ({ target }) => {
    const mark = target.closest?.("#composer [data-md]");
    if (mark) mark.title = forMac(mark.title);
  });
}

function apply(field, name) {
  if (name in AROUND) around(field, AROUND[name]);
  else if (name in BEFORE) before(field, BEFORE[name]);
  else link(field);
}

// **chosen**; a second press takes the marks away.
function around(field, mark) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inside = value.slice(start, end);
  const has = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
  if (has) {
    type(field, inside, start - mark.length, end + mark.length);
    field.setSelectionRange(start - mark.length, end - mark.length);
  } else {
    type(field, mark + inside + mark, start, end);
    field.setSelectionRange(start + mark.length, end + mark.length);
  }
}

// Every chosen line begins with the mark, or loses it.
function before(field, mark) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = field.value.indexOf("\n", field.selectionEnd);
  const end = stop < 0 ? field.value.length : stop;
  const lines = field.value.slice(start, end).split("\n");
  const all = lines.every((line) => line.startsWith(mark));
  type(field, lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join("\n"), start, end);
}

function link(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inside = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  type(field, isAddress ? `[](${inside})` : `[${inside}](https://)`, start, end);
  const caret = isAddress ? start + 1 : start + inside.length + 11;
  field.setSelectionRange(caret, caret);
}

// What else goes into the letter of a refusal.
const PARTS = ["next", "reason", "explanation", "alternatives", "consulted"];

async function preview(form, button) {
  const place = document.getElementById(button.dataset.preview);
  const field = textOf(form);
  const looks = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", looks);
  place.hidden = !looks;
  field.hidden = looks;
  if (!looks) return field.focus();
  const body = new FormData();
  body.set("mode", modeOf(form));
  body.set(field.name, field.value);
  const all = new FormData(form);
  for (const name of PARTS) for (const value of all.getAll(name)) body.append(name, value);
  const answer = await post(form.dataset.look, body).catch(() => null);
  if (answer?.ok) place.innerHTML = await answer.text();
}
