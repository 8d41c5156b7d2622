// The second step of the palette: an act that asks for one value offers its values in place.  They are those of the
// dialog that the act opens anyway, with what it says beside each of them, and that dialog sends what was chosen.
import { openFetched } from "./dialogs.js";
import { headers, make } from "./page.js";

/** Values of the act of an element with data-values, without those of a group with data-detail; empty where there are none. */
export async function valuesOf(door) {
  const answer = await fetch(door.getAttribute("hx-get"), { headers: { ...headers(), "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return [];
  const dialog = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("dialog[data-open]");
  const radios = [...(dialog?.querySelectorAll("form input[type=radio]:not([data-detail] *)") ?? [])];
  return radios.map((radio) => valueOf(radio, dialog)).filter(({ label }) => label);
}

function valueOf(radio, dialog) {
  const shown = radio.closest("label").cloneNode(true);
  shown.querySelector("input").remove();
  const label = shown.textContent.replace(/\s+/g, " ").trim();
  return { label, shown: [...shown.childNodes], off: radio.matches(":disabled"), take: () => take(dialog, radio) };
}

// The dialog is opened with the value; where it asks for nothing else it is sent at once, and stays only to say why not.
function take(dialog, { name, value }) {
  const slot = document.getElementById("dialog-slot");
  const copy = document.importNode(dialog, true);
  slot.replaceChildren(copy);
  htmx.process(slot);
  for (const radio of copy.querySelectorAll("input[type=radio]")) if (radio.name === name) radio.checked = radio.value === value;
  openFetched();
  const form = copy.querySelector("form");
  if (value !== "other" && !form.querySelector("textarea, .input:not(.own)")) form.requestSubmit(form.querySelector("[type=submit]"));
}

/** A line of the palette for a value; the first nine have a number. */
export function lineOf(value, place) {
  const number = place < 9 ? make("kbd", {}, String(place + 1)) : "";
  const shown = value.shown.map((node) => document.importNode(node, true));
  const option = make("a", { role: "option", href: "#", class: "value", "aria-disabled": value.off ? "true" : undefined }, ...shown, number);
  option.take_ = value.take;
  return option;
}
