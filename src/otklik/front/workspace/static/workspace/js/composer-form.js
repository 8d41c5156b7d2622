// What the parts of the composer ask about its form.

/** The form of the composer on this page, or null. */
export const composer = () => document.querySelector("form#composer");

/** "reply" or "note". */
export const modeOf = (form) => form.querySelector("[name=mode]:checked")?.value ?? "reply";

export const textOf = (form, mode = modeOf(form)) => form.querySelector(`#${mode}-text`);

/** "wait", "promise", "resolve", "refuse" or "aside". */
export const outcomeOf = (form) => form.querySelector("[name=next]:checked")?.value ?? "";

/** A notice of the composer by name, and showing it or not. */
export const notice = (form, name) => form.querySelector(`[data-notice="${name}"]`);

export function show(form, name, visible = true) {
  const place = notice(form, name);
  if (place) place.hidden = !visible;
  return place;
}

// What is being put right is no mistake any more.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("#composer [aria-invalid]")) return;
  const told = document.getElementById(target.getAttribute("aria-describedby"));
  target.removeAttribute("aria-invalid");
  target.removeAttribute("aria-describedby");
  told?.remove();
});

/** What the press of a label does, done at once: the next key must find the caret where it belongs. */
export function choose(event, label) {
  event.preventDefault();
  if (label.control.checked) return;
  label.control.checked = true;
  for (const kind of ["input", "change"]) label.control.dispatchEvent(new Event(kind, { bubbles: true }));
}

/** Put the caret at the end of a text. */
export function write(field) {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollIntoView({ block: "nearest" });
}

/** Change a text as if it had been typed: undo of the browser and the draft know of it. */
export function type(field, text, start = field.selectionStart, end = field.selectionEnd) {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
