// A picture pasted or dropped into the text stands in it as `![name](cid:key)`.  That reference is all that sends it:
// cut out, the picture stays behind and its row hides; put in again, both are back.
import { glyph } from "../../ui/js/page.js";
import { composer, type } from "./composer-form.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const places = new WeakMap(); // row of the upload: the field and the words that stand in for the picture
let begun = 0;

// The words go where the picture is let fall, not where the caret was; the upload itself begins after this.
document.addEventListener("drop", (event) => {
  const field = fieldOf(event.target);
  const at = field && document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (at?.offsetNode === field) field.setSelectionRange(at.offset, at.offset);
}, true);

document.addEventListener("upload:begun", ({ target: row, detail: { file, into } }) => {
  const field = fieldOf(into);
  if (!field || !PICTURES.has(file.type)) return;
  const name = nameOf(file);
  const words = `![${name}](cid:uploading-${++begun})`;
  places.set(row, { field, name, words });
  type(field, words);
});

document.addEventListener("upload:done", ({ target: row, detail: { id, picture } }) => {
  const place = places.get(row);
  if (!place) return;
  places.delete(row);
  const stands = place.field.value.includes(place.words);
  if (picture) {
    const input = row.querySelector("input");
    input.removeAttribute("name");
    input.dataset.picture = "";
    row.firstElementChild.replaceWith(glyph("image"));
  }
  replace(place.field, place.words, picture ? `![${place.name}](cid:${id})` : "");
  if (picture && !stands) row.hidden = true;
});

document.addEventListener("upload:failed", ({ target: row }) => takeOut(row));

// Before the row itself goes: its button takes the picture out of the text as well.
document.addEventListener("click", (event) => {
  const row = event.target.closest("#composer .uploads button")?.closest("li");
  if (row) takeOut(row);
}, true);

document.addEventListener("input", ({ target }) => {
  if (fieldOf(target)) follow(target);
});

function takeOut(row) {
  const place = places.get(row);
  const picture = row.querySelector("[data-picture]");
  if (place) replace(place.field, place.words, "");
  if (!picture) return;
  const field = row.closest(".write").querySelector("textarea");
  for (const [words] of field.value.matchAll(reference(picture.value))) replace(field, words, "");
}

/** Rows of pictures show what the text holds now. */
function follow(field) {
  for (const picture of field.closest(".write")?.querySelectorAll("[data-picture]") ?? []) {
    picture.closest("li").hidden = !field.value.includes(`(cid:${picture.value})`);
  }
}

/** Other words in the same place; who types elsewhere in the text goes on there. */
function replace(field, words, other) {
  const start = field.value.indexOf(words);
  if (start < 0) return;
  const focused = document.activeElement;
  const end = start + words.length;
  const moved = (at) => (at <= start ? at : at < end ? start + other.length : at + other.length - words.length);
  const chosen = [moved(field.selectionStart), moved(field.selectionEnd)];
  type(field, other, start, end);
  field.setSelectionRange(...chosen);
  if (focused !== field && focused !== document.body) focused?.focus();
}

const fieldOf = (node) => (composer()?.contains(node) ? node.closest?.("textarea") : null);
const nameOf = (file) => file.name.replace(/[[\]\\`*~<>&{}%\s]+|_{2,}/g, " ").trim().slice(0, 100) || "image";
const reference = (key) => new RegExp(`!\\[[^\\]]*\\]\\(cid:${key}\\)`, "g");
