// The roster by keyboard: arrows walk the days, a digit puts that shift, Delete takes it out.  Enter opens the day.
const form = () => document.getElementById("roster-keys");
const templates = () => [...document.querySelectorAll("#roster-templates [data-template]")];
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
let place = "";

/** The nearest cell in that direction that can be changed; days that are over are stepped over. */
function next(cell, [down, right]) {
  let row = cell.closest("tr");
  let column = cell.closest("td").cellIndex;
  while (row) {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    column += right;
    const td = row?.cells[column];
    if (!td || td.tagName !== "TD") return null;
    const found = td.querySelector("[data-cell]");
    if (found) return found;
  }
  return null;
}

function put(cell, template) {
  const told = form();
  if (!told || !template) return;
  place = cell.id;
  told.elements.person.value = cell.dataset.person;
  told.elements.day.value = cell.dataset.day;
  told.elements.template.value = template;
  told.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-roster] [data-cell]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key in STEPS) next(cell, STEPS[event.key])?.focus();
  else if (/^[1-9]$/.test(event.key)) put(cell, templates()[event.key - 1]?.dataset.template);
  else if (event.key === "Delete" || event.key === "Backspace") put(cell, "none");
  else return;
  event.preventDefault();
  event.stopPropagation();
});

document.addEventListener("click", (event) => {
  const cell = event.target.closest?.("[data-roster] [data-cell]");
  if (cell) place = cell.id;
});

// The grid was drawn anew: one stays where one was.
document.addEventListener("htmx:after:settle", () => {
  if (!place || document.querySelector("dialog[open]")) return;
  const active = document.activeElement;
  if (!active || active === document.body) document.getElementById(place)?.focus();
});
