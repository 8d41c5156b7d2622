// Words chosen in the conversation go into the answer or a note as a quotation, with who wrote them and when.
import { on } from "../../ui/js/keys.js";
import { say } from "../../ui/js/toast.js";
import { composer, textOf, type, write } from "./composer-form.js";

const LONGEST = 850; // letters: up to nine signs each in an address, of which proxies let eight thousand through
const button = () => document.getElementById("quote");

/** The button `id` stands below the chosen words; `show` makes it ready, and says whether it is wanted at all. */
export function followChoice(id, show) {
  document.addEventListener("selectionchange", () => {
    const door = document.getElementById(id);
    if (!door) return;
    const found = show(door) && chosen();
    door.hidden = !found;
    if (!found) return;
    door.style.top = `${Math.max(8, Math.min(found.box.bottom + 6, innerHeight - door.offsetHeight - 8))}px`;
    door.style.left = `${Math.max(8, Math.min(found.box.left, innerWidth - door.offsetWidth - 8))}px`;
  });
  // Pressing the button must not take the choice away before it was read.
  document.addEventListener("pointerdown", (event) => event.target.closest?.(`#${id}`) && event.preventDefault());
}

/** The chosen words of one message of text, or null. */
export function chosen() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const body = range.startContainer.parentElement?.closest("#timeline .msg .body");
  if (!body) return null;
  // Three clicks choose a paragraph and reach into what follows it.
  const reaches = !body.contains(range.endContainer);
  if (reaches) range.setEndAfter(body.lastChild);
  const text = (reaches ? range : selection).toString().trim();
  return text ? { text, message: body.closest(".msg"), box: range.getBoundingClientRect() } : null;
}

followChoice("quote", composer);
// The key without chosen words says what it wants.
on("quote", () => (button()?.dataset.why ? void say(button().dataset.why, { state: "info" }) : false), () => false);
for (const id of ["note-it", "article-it"]) {
  // Pressing it must not take the choice away before it was read.
  document.addEventListener("pointerdown", (event) => event.target.closest?.(`#${id}`) && event.preventDefault());
}

// What else can be made of the words stands beside the button, in a row as far as there is room.
document.addEventListener("selectionchange", () => {
  const beside = [...document.querySelectorAll("[data-of-words]")];
  const found = chosen();
  let before = button();
  for (const door of beside) {
    door.hidden = !found || !before;
    if (door.hidden) continue;
    const left = before.offsetLeft + before.offsetWidth + 6;
    const fits = left + door.offsetWidth < innerWidth - 8;
    door.style.left = `${fits ? left : button().offsetLeft}px`;
    door.style.top = `${fits ? before.offsetTop : before.offsetTop + before.offsetHeight + 4}px`;
    before = door;
  }
});

// An article begins with the words; its page takes names and numbers out.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#article-it");
  const found = link && chosen();
  if (!found) return;
  const address = new URL(link.href);
  address.searchParams.set("words", found.text.slice(0, LONGEST));
  link.href = address;
});

document.addEventListener("click", (event) => {
  const door = event.target.closest("#quote, #note-it");
  const found = door && chosen();
  if (!found) return;
  const form = composer();
  const mode = door.id === "note-it" ? "note" : "reply";
  form.querySelector(`#m-${mode}`).checked = true;
  const field = textOf(form, mode);
  write(field);
  type(field, quotation(found, field.value));
  getSelection().removeAllRanges();
  for (const one of document.querySelectorAll(".quote-it")) one.hidden = true;
  write(field);
});

function quotation({ text, message }, before) {
  const who = message.querySelector("header b")?.textContent.trim() ?? "";
  const when = message.querySelector("header time")?.textContent.trim() ?? "";
  const lines = text.split(/\n+/).map((line) => `> ${line}`.trimEnd());
  return `${before && !before.endsWith("\n") ? "\n\n" : ""}${[who, when].filter(Boolean).join(", ")}:\n${lines.join("\n")}\n\n`;
}
