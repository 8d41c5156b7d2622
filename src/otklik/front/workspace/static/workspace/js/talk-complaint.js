// Words chosen in the conversation go into a complaint, with the letter in which they stand.
import { chosen } from "./talk-quote.js";

const button = () => document.getElementById("complain-it");
let carried = null; // of a choice that an opening dialog takes away

// Pressing the button must not take the choice away before it was read.
document.addEventListener("pointerdown", (event) => event.target.closest?.("#complain-it") && event.preventDefault());

document.addEventListener("click", (event) => {
  if (!event.target.closest('#complain-it, [data-key="complaint"]')) return;
  const found = chosen();
  carried = found && { text: found.text, message: found.message.id.slice(1) };
});

document.addEventListener("htmx:after:swap", () => {
  const field = document.querySelector("dialog[data-open] [data-quoted]");
  if (!field || !carried) return;
  field.value = carried.text;
  document.querySelector("dialog[data-open] [data-quoted-from]").value = carried.message;
  carried = null;
  getSelection().removeAllRanges();
  if (button()) button().hidden = true;
});
