// Rows that are ticked, and the bar of acts for them; a key of a request means all of them while there are any.
import { shown } from "../../ui/js/page.js";
import { list, queue, rows } from "./queue-page.js";

const bar = () => document.getElementById("bulk");
const box = (item) => item.querySelector("input[name=ids]");
const ticked = () => rows().filter((item) => box(item)?.checked);
let kept = { address: "", numbers: new Set() };

function tick(item, chosen) {
  const tickbox = box(item);
  if (!tickbox) return;
  tickbox.checked = chosen;
  item.setAttribute("aria-selected", chosen);
}

// Everything in the list, what is not on the page as well: offered once all that is here is ticked and there is more.
function whole(chosen) {
  const field = bar()?.querySelector("[name=whole]");
  if (!field) return;
  field.disabled = !chosen;
  bar().querySelector("[data-whole-said]").hidden = !chosen;
  bar().querySelector("[data-selected]").hidden = chosen;
  bar().querySelector("[data-whole]").setAttribute("aria-pressed", chosen);
}

function offerWhole(many) {
  const button = bar()?.querySelector("[data-whole]");
  if (button) button.hidden = !(many.length && many.length === rows().length && list()?.querySelector(".more-rows"));
}

function count() {
  const place = bar()?.querySelector("[data-selected]");
  const many = ticked();
  if (place && place.textContent !== String(many.length)) place.textContent = many.length;
  offerWhole(many);
  if (!many.length) whole(false);
  kept = { address: queue()?.dataset.address ?? "", numbers: new Set(many.map((item) => item.dataset.ticket)) };
}

function clear() {
  for (const item of ticked()) tick(item, false);
  count();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("#rows input[name=ids]")) return;
  whole(false);
  count();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-select-none]")) clear();
  const button = event.target.closest("[data-whole]");
  if (button) whole(button.getAttribute("aria-pressed") !== "true");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !ticked().length) return;
  if (document.querySelector("dialog[open], :popover-open") || event.target.matches?.("textarea, input[type=text], input[type=search]")) return;
  event.preventDefault();
  clear();
});

document.addEventListener("key:act", (event) => {
  const button = bar()?.querySelector(`[data-bulk~="${event.detail.action}"]`);
  if (!button || !ticked().length || !shown(button)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button.click();
}, true);

// What was done is not selected any more; what could not be done stays for another try.
document.addEventListener("bulk:done", ({ detail }) => {
  const done = new Set(detail.numbers.map(String));
  for (const item of ticked()) if (done.has(item.dataset.ticket)) tick(item, false);
  count();
  for (const number of done) document.dispatchEvent(new CustomEvent("ticket:changed", { detail: { number } }));
});

// The list drawn anew keeps its ticks.
document.addEventListener("htmx:after:swap", () => {
  if (!list() || kept.address !== queue()?.dataset.address) return count();
  for (const item of rows()) if (kept.numbers.has(item.dataset.ticket) && !box(item)?.checked) tick(item, true);
  count();
});
document.addEventListener("queue:patched", count);
