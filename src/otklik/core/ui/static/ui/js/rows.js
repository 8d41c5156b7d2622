// Walking and choosing in a list: [data-rows] holds [data-row]s; the row with the focus is the current one.  Of several
// lists on a page one is walked after the other.
import { shown } from "./page.js";
import { on } from "./keys.js";

const lists = () => [...document.querySelectorAll("[data-rows]")].filter(shown);
const rowsOf = (list) => [...(list?.querySelectorAll("[data-row]") ?? [])].filter(shown);
const rows = () => lists().flatMap(rowsOf);
const door = (row) => (row.matches("a, button") ? row : row.querySelector("a, button"));
const box = (row) => row.querySelector("input[type=checkbox]");

function current() {
  const focused = document.activeElement?.closest?.("[data-row]");
  return focused ?? rows().find((row) => row.matches("[aria-current], [data-current]"));
}

function go(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  return next >= 0 && next < all.length ? focus(all[next]) : false;
}

function focus(row) {
  for (const other of rows()) other.toggleAttribute("data-current", other === row);
  door(row)?.focus({ preventScroll: true, focusVisible: true });
  row.scrollIntoView({ block: "nearest" });
  return row;
}

function select(row, chosen) {
  const tick = row && box(row);
  if (!tick) return false;
  if (tick.checked !== (chosen ?? !tick.checked)) tick.click();
  return true;
}

function extend(step) {
  const from = current();
  const to = from && go(step);
  return to ? (select(from, true), select(to, true)) : false;
}

function selectAll() {
  const all = rowsOf(current()?.closest("[data-rows]") ?? lists()[0]);
  const every = all.every((row) => box(row)?.checked);
  all.forEach((row) => select(row, !every));
  return all.length > 0;
}

const some = () => rows().length > 0;
const choosable = () => rows().some(box);
on("row-next", () => Boolean(go(1)), some);
on("row-previous", () => Boolean(go(-1)), some);
on("row-open", () => (current() ? (door(current())?.click(), true) : false), some);
on("row-select", () => select(current()), choosable);
on("row-extend-down", () => extend(1), choosable);
on("row-extend-up", () => extend(-1), choosable);
on("row-all", selectAll, choosable);

// Arrows walk as J and K do where a row has the focus; elsewhere they scroll.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = event.target.closest?.("[data-row]");
  if (!row || ![door(row), box(row)].includes(event.target) || document.querySelector(".menu:popover-open")) return;
  if (go(step)) event.preventDefault();
});

// A ticked row shows it.
document.addEventListener("change", (event) => {
  const row = event.target.matches("[data-row] input[type=checkbox]") && event.target.closest("[data-row]");
  if (row && box(row) === event.target) row.setAttribute("aria-selected", event.target.checked);
});
