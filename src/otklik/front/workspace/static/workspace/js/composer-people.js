// Addressees of an answer or of a letter that is forwarded: ticks of people, more of them by typing, and in an answer a
// warning when somebody of the talk is left out.
import { make } from "../../ui/js/page.js";
import { composer } from "./composer-form.js";

document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-people]");
  if (!box) return;
  if (event.target.matches(".add")) add(event.target);
  count(box);
});

// What this browser has kept names people who are no ticks yet.
document.addEventListener("draft:filled", ({ target, detail }) => {
  for (const field of target.querySelectorAll("[data-people] .add")) {
    const typed = field.value;
    field.value = detail.getAll(field.name.replace("_more", "")).join(",");
    add(field);
    field.value = [field.value, typed].filter(Boolean).join(", ");
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-people] .add") || !["Enter", ",", ";"].includes(event.key)) return;
  event.preventDefault();
  add(event.target);
  count(event.target.closest("[data-people]"));
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("#composer [data-add-back]")) return;
  const box = event.target.closest("[data-people]");
  for (const tick of box.querySelectorAll("[data-was]:not(:checked)")) tick.checked = true;
  count(box);
  box.querySelector("[data-was]")?.dispatchEvent(new Event("input", { bubbles: true }));
});

// Another mailbox than the usual one, which comes first, is named also while the list is closed.
document.addEventListener("change", ({ target }) => {
  const said = target.id === "via" && target.closest("[data-people]")?.querySelector("[data-via-said]");
  if (!said) return;
  said.hidden = target.selectedIndex === 0;
  said.querySelector("b").textContent = target.selectedOptions[0].text.split(" · ")[0];
});

// What was typed becomes ticks; what is no address stays in the field and says so.
function add(field) {
  const parts = field.value.split(/[,;\s]+/).filter(Boolean);
  const bad = parts.filter((part) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(part));
  const name = field.name.replace("_more", "");
  for (const address of parts.filter((part) => !bad.includes(part)).map((part) => part.toLowerCase())) {
    if ([...field.form.elements[name] ? field.form.querySelectorAll(`[name=${name}]`) : []].some((tick) => tick.value === address)) continue;
    const tick = make("input", { type: "checkbox", name, value: address });
    tick.checked = true;
    field.before(make("label", { class: "chip line pickchip" }, tick, address));
  }
  field.value = bad.join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  bad.length ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
}

function count(box) {
  const chosen = (name) => [...box.querySelectorAll(`[name=${name}]:checked`)].map((tick) => tick.value);
  const people = [...chosen("to"), ...chosen("cc")];
  const said = box.querySelector("[data-people-said]");
  if (!said) return;
  if (people.length) said.textContent = people.join(", ");
  box.querySelector("[data-history]").hidden = people.length < 2;
  const gone = [...box.querySelectorAll("[data-was]:not(:checked)")].map((tick) => tick.value).filter((who) => !people.includes(who));
  box.querySelector("[data-left-out]").hidden = gone.length === 0;
  box.querySelector("[data-left-names]").textContent = gone.join(", ");
}

// The list stays open or closed as it was when the form is drawn anew.
document.addEventListener("composer:drawn", () => composer()?.querySelectorAll("[data-people]").forEach(count));
