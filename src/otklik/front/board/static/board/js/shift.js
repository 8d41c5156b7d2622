// The lead's board: drawn anew when something happens, ticks kept; ticked requests are dragged onto a person or a line.
import { say } from "../../ui/js/toast.js";

const GATHER = 2500;
const EACH = 60_000;
const ticked = new Set();
let gathering = null;
let dragged = [];
let explained = false;

const board = () => document.getElementById("shift");
const boxes = () => [...document.querySelectorAll("#moves input[name=ids]")];
const busy = () => dragged.length || document.querySelector("dialog[open]");

for (const kind of ["ticket", "connected"]) document.body.addEventListener(`live:${kind}`, soon);
document.addEventListener("visibilitychange", () => document.hidden || soon());
setInterval(soon, EACH);

// A storm has no pause: the first piece of news decides when the board is drawn, the others come along.
function soon() {
  gathering ??= setTimeout(draw, GATHER);
}

function draw() {
  gathering = null;
  if (document.hidden || !board()) return;
  if (busy()) return soon();
  htmx.ajax("GET", board().dataset.shift, { target: "#shift", swap: "outerMorph" });
}

// Nothing moves under a hand that drags: what comes meanwhile is asked for again.
document.addEventListener("htmx:before:swap", (event) => {
  const { target } = event.detail.ctx;
  if (!dragged.length || (target !== "#shift" && target?.id !== "shift")) return;
  event.preventDefault();
  soon();
});

function count() {
  const many = boxes().filter((box) => box.checked);
  for (const button of document.querySelectorAll("[data-move]")) button.disabled = many.length === 0;
  const place = document.querySelector("#moves [data-selected]");
  if (place && place.textContent !== String(many.length)) place.textContent = many.length;
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("#moves input[name=ids]")) return;
  if (event.target.checked) ticked.add(event.target.value);
  else ticked.delete(event.target.value);
  count();
});

// What was opened to be read stays open when the board is drawn anew.
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("#how-missed summary");
  if (summary) explained = !summary.parentElement.open;
});

document.addEventListener("htmx:after:swap", () => {
  const how = document.getElementById("how-missed");
  if (how) how.open = explained;
  for (const box of boxes()) {
    box.checked = ticked.has(box.value);
    box.closest("[data-row]").setAttribute("aria-selected", box.checked);
  }
  count();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || busy() || !ticked.size) return;
  ticked.clear();
  for (const box of boxes()) if (box.checked) box.click();
});

// What was moved is not ticked any more; what could not be moved stays for another try.
document.addEventListener("shift:done", ({ detail }) => {
  for (const number of detail.numbers) ticked.delete(String(number));
  clearTimeout(gathering);
  gathering = setTimeout(draw, 0);
});

// A ticked row takes the other ticked ones along.
document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("#moves [data-row]");
  if (!row) return;
  const number = row.dataset.ticket;
  dragged = ticked.has(number) ? [...ticked] : [number];
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.map((one) => `№ ${one}`).join(", "));
  board().toggleAttribute("data-dragging", true);
});

document.addEventListener("dragover", (event) => {
  const place = dragged.length && event.target.closest?.("[data-drop]");
  for (const other of document.querySelectorAll("[data-over]")) if (other !== place) other.removeAttribute("data-over");
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = place.dataset.why ? "none" : "move";
  place.toggleAttribute("data-over", !place.dataset.why);
});

document.addEventListener("drop", (event) => {
  const place = dragged.length && event.target.closest?.("[data-drop]");
  if (!place) return;
  event.preventDefault();
  const numbers = dragged;
  rest();
  if (place.dataset.why) return say(place.dataset.why, { state: "info" });
  if (place.dataset.drop === "line") return ask(numbers, place.dataset.pk);
  give(numbers, place.dataset.pk);
});

document.addEventListener("dragend", rest);

function rest() {
  dragged = [];
  board()?.removeAttribute("data-dragging");
  for (const other of document.querySelectorAll("[data-over]")) other.removeAttribute("data-over");
}

const address = (name) => (name === "line" ? document.querySelector("#moves [data-key=line]").formAction : document.getElementById("moves").action);
const values = (numbers, name, value) => ({ ids: numbers.join(","), [name]: value });

function give(numbers, owner) {
  htmx.ajax("POST", address("owner"), { target: "#dialog-slot", swap: "innerHTML", values: values(numbers, "owner", owner) });
}

// Another line wants to know what it is about: the dialog asks, with this line chosen.
function ask(numbers, line) {
  htmx.ajax("POST", address("line"), { target: "#dialog-slot", swap: "innerHTML", values: values(numbers, "line", line) });
}

count();
