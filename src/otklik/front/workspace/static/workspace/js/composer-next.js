// What next: panels follow the radio by CSS; here is what CSS cannot do.
import { announce } from "../../ui/js/page.js";
import { choose, composer, textOf, write } from "./composer-form.js";

document.addEventListener("change", (event) => {
  const form = composer();
  if (!form?.contains(event.target)) return;
  if (event.target.matches("[name=next], [name$=_until], [name$=_other]")) form.toggleAttribute("data-decided", true);
  if (event.target.matches("[name$=_until]")) dated(form, event.target);
  if (event.target.matches("[name=next]")) chosen(form, event.target);
  if (event.target.matches("[name=promise_other]")) say(form, event.target);
});

document.addEventListener("click", (event) => {
  const form = composer();
  if (!form?.contains(event.target)) return;
  const label = event.target.closest(".next > .seg label");
  if (label && event.detail === 0 && !event.target.matches("input")) byKey(form, event, label);
  if (event.target.closest("[data-key=close-next]")) return closeAndGoOn(form);
  if (event.target.closest("[data-close-menu]")) event.target.closest("[popover]").hidePopover();
  if (event.target.closest("[data-add-offer]")) return offer(event, form);
  const drop = event.target.closest("[data-drop-offer]");
  if (drop) dropOffer(drop);
});

// The button says until when.
function dated(form, radio) {
  if (radio.value === "other") {
    const field = form.querySelector(`[name=${radio.name.replace("until", "other")}]`);
    field.focus();
    try {
      field.showPicker?.();
    } catch {
      // Without a press of the person the browser does not open it.
    }
  }
  if (radio.name === "promise_until" && radio.dataset.short) label(form, radio.dataset.short);
}

// A date of one's own, said as the clock of this reader says it.
function say(form, field) {
  const moment = new Date(field.value);
  if (Number.isNaN(moment.getTime())) return;
  const today = moment.toDateString() === new Date().toDateString();
  const how = today ? { timeStyle: "short" } : { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" };
  label(form, new Intl.DateTimeFormat(document.documentElement.lang, how).format(moment));
}

function label(form, text) {
  const place = form.querySelector("[data-when]");
  if (place) place.textContent = text;
}

// A chosen outcome leads to its first field.
function chosen(form, radio) {
  if (radio.matches(":focus-visible")) return;
  const first = { refuse: "#reason", aside: "#aside-what" }[radio.value];
  if (first) form.querySelector(first)?.focus();
}

// E: solved; D: a date.  From the keyboard the caret goes where the next thing is typed.
function byKey(form, event, label) {
  choose(event, label);
  if (label.dataset.key === "next-step") form.querySelector("[name=promise_until]:checked")?.focus();
  else write(textOf(form, "reply"));
}

// Shift+E: solved, and sending leads to the next request; a text that stands already is sent at once.
function closeAndGoOn(form) {
  form.querySelector("#n-done").checked = true;
  const field = textOf(form, "reply");
  if (field.value.trim()) return form.querySelector("[data-key=send-next]").click();
  Object.assign(form.querySelector(".split [data-key=send]"), { name: "after", value: "next" });
  write(field);
}

function offer(event, form) {
  event.preventDefault();
  const rows = form.querySelector(".next [data-offers]");
  const row = rows.lastElementChild.cloneNode(true);
  row.querySelector("input").value = "";
  rows.append(row);
  row.querySelector("input").focus();
}

function dropOffer(button) {
  const rows = button.closest("[data-offers]");
  const row = button.closest(".row");
  if (rows.children.length > 1) row.remove();
  else row.querySelector("input").value = "";
  rows.querySelector("input").focus();
  rows.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
}

// Enter in a one-line field does not send by surprise: in the ways round it makes the next row.
document.addEventListener("keydown", (event) => {
  const form = composer();
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !form?.contains(event.target)) return;
  if (!event.target.matches("input:not([type=checkbox], [type=radio])") || event.isComposing) return;
  event.preventDefault();
  if (event.target.name === "alternatives") offer(event, form);
});

// «к пятнице» in the text: the server found a date.  Where the words promise it and nothing was chosen by hand, the
// record says the same; else one press promises it.
document.addEventListener("draft:kept", ({ detail }) => {
  const form = composer();
  const place = form?.querySelector("[data-offer]");
  if (!place || detail.mode !== "reply") return;
  const { offer } = detail;
  if (!form.hasAttribute("data-decided")) follow(form, offer);
  place.hidden = !offer || (form.querySelector("#n-vow").checked && agrees(form, offer));
  if (place.hidden) return;
  place.querySelector("[data-offer-words]").textContent = offer.words;
  const button = place.querySelector("[data-take-offer]");
  button.textContent = offer.label;
  button.dataset.until = offer.until;
  button.dataset.short = offer.short;
});

function follow(form, offer) {
  if (!offer?.promised) return drop(form);
  if (agrees(form, offer)) return;
  take(form, offer);
  announce(textOfButton(form.querySelector(".split [data-key=send]")));
}

/** What stands on a button, without its keys. */
function textOfButton(button) {
  const keys = button.querySelector("kbd")?.innerText ?? "";
  return button.innerText.replace(keys, "").replace(/\s+/g, " ").trim();
}

/** The chosen date says what was written; `day` alone, without an hour, is kept by any hour of that day. */
function agrees(form, offer) {
  const chosen = form.querySelector("[name=promise_until]:checked")?.value ?? "";
  return chosen === offer.until || chosen.slice(0, 10) === offer.day;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("#composer [data-take-offer]");
  if (!button) return;
  const form = composer();
  take(form, { label: button.textContent, ...button.dataset });
  form.toggleAttribute("data-decided", true);
  button.closest("[data-offer]").hidden = true;
});

/** The date of the words becomes the first of those that are offered, and chosen. */
function take(form, offer) {
  form.querySelector("#n-vow").checked = true;
  const dates = form.querySelector("[data-for=vow] .dates");
  dates.querySelector("[data-offered]")?.remove();
  const first = dates.querySelector(".date").cloneNode(true);
  const radio = first.querySelector("input");
  radio.checked = true;
  radio.value = offer.until;
  radio.dataset.short = offer.short;
  first.dataset.offered = "";
  first.replaceChildren(radio, offer.label);
  first.removeAttribute("title");
  dates.prepend(first);
  label(form, offer.short);
  radio.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The words promise nothing any more: as before. */
function drop(form) {
  const taken = form.querySelector("[data-for=vow] [data-offered]");
  if (!taken) return;
  taken.remove();
  for (const radio of form.querySelectorAll("[name=next], [name=promise_until]")) radio.checked = radio.defaultChecked;
  const chosen = form.querySelector("[name=promise_until]:checked");
  if (chosen) label(form, chosen.dataset.short);
}

// Whoever chose what follows, or left a draft with it, is not corrected by what they write.
const drawn = new WeakSet();

function decided() {
  const form = composer();
  if (!form || drawn.has(form)) return;
  drawn.add(form);
  form.toggleAttribute("data-decided", Boolean(form.dataset.baseReply));
}
decided();
document.addEventListener("htmx:after:swap", decided);
document.addEventListener("composer:drawn", () => composer().toggleAttribute("data-decided", true));
document.addEventListener("composer:emptied", () => composer().toggleAttribute("data-decided", false));
