// Saved replies: the list with its preview, and a text put where the caret was.
import { post } from "../../ui/js/page.js";
import { score } from "../../ui/js/fuzzy.js";
import { composer, textOf, type, write } from "./composer-form.js";

const written = new WeakSet();
document.addEventListener("focusin", (event) => event.target.matches?.("#reply-text") && written.add(event.target));

/** Put a saved reply at the caret, or in place of `start` to `end`; an open place is chosen, to be typed over. */
export async function insert(form, id, start, end) {
  const answer = await post(`${form.dataset.saved}${id}/insert/`, told(form)).catch(() => null);
  if (!answer?.ok || !form.isConnected) return false;
  put(form, await answer.json(), start, end);
  return true;
}

function put(form, { text, holes }, start, end) {
  const field = textOf(form, "reply");
  form.querySelector("#m-reply").checked = true;
  if (!written.has(field)) write(field);
  const from = start ?? field.selectionStart;
  type(field, text, from, end ?? field.selectionEnd);
  if (!holes.length) return;
  const hole = from + text.indexOf(holes[0]);
  field.setSelectionRange(hole, hole + holes[0].length);
}

// What a macro says waits for the agent in the same way.
document.addEventListener("macro:text", ({ detail }) => composer() && put(composer(), detail));

// What next and the list of the page: a promised date stands in the text, and leads back without scripts.
function told(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (/^(next|view|promise_)/.test(name)) body.append(name, value);
  return body;
}

const picker = () => document.querySelector("dialog[data-saved-picker][open]");
const chosen = (box) => box.querySelector("[role=option][aria-selected=true]:not([hidden])");
const shown = (box) => [...box.querySelectorAll("[role=option]:not([hidden])")];

document.addEventListener("input", (event) => {
  const box = event.target.id === "saved-find" && picker();
  if (box) find(box, event.target.value.trim());
});

// The order stays one's own while nothing is asked; then the best answer comes first.
function find(box, query) {
  const list = box.querySelector("[role=listbox]");
  const all = [...list.children];
  all.forEach((option, at) => (option.dataset.at ??= at));
  const rate = (option) => Math.max(score(option.querySelector("b").textContent, query), score(option.dataset.words, query) * 0.8);
  const rated = all.map((option) => [query ? rate(option) : 1, option]);
  rated.sort(([a, one], [b, other]) => b - a || one.dataset.at - other.dataset.at);
  for (const [rate, option] of rated) {
    option.hidden = rate <= 0;
    list.append(option);
  }
  const found = shown(box);
  box.querySelector("[data-none]").hidden = found.length > 0;
  box.querySelector(".picks").hidden = found.length === 0;
  mark(box, found[0]);
}

function mark(box, option) {
  for (const other of box.querySelectorAll("[role=option]")) other.setAttribute("aria-selected", other === option);
  box.querySelector("#saved-find").setAttribute("aria-activedescendant", option?.id ?? "");
  if (!option) return;
  option.scrollIntoView({ block: "nearest" });
  look(box, option);
}

async function look(box, option) {
  if (box.dataset.looks === option.id) return;
  box.dataset.looks = option.id;
  const answer = await post(option.dataset.look, told(composer() ?? document.createElement("form"))).catch(() => null);
  if (answer?.ok && chosen(box) === option) box.querySelector("#saved-look").innerHTML = await answer.text();
}

document.addEventListener("keydown", (event) => {
  const box = event.target.id === "saved-find" && picker();
  if (!box || event.isComposing) return;
  const options = shown(box);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    mark(box, options[(options.indexOf(chosen(box)) + step + options.length) % options.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    event.stopPropagation();
    take(box, event.ctrlKey || event.metaKey);
  }
}, true);

document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-saved-picker] [role=option]");
  if (option) mark(picker(), option);
});
document.addEventListener("dblclick", (event) => event.target.closest("[data-saved-picker] [role=option]") && take(picker()));

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-saved-picker] [data-insert]") || !composer()) return;
  event.preventDefault();
  take(picker());
});

async function take(box, sends = false) {
  const option = chosen(box);
  const form = composer();
  if (!option || !form) return;
  box.close();
  if ((await insert(form, option.dataset.pick)) && sends) form.querySelector(".split [data-key=send]").click();
}
