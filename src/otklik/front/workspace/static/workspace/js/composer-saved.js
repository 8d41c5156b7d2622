// Saved replies: the list with its preview, and a text put where the caret was.
import { post } from "../../ui/js/page.js";
import { score } from "../../ui/js/fuzzy.js";
import { composer } from "./composer-form.js";
import { picker, put } from "./composer-picker.js";

/** Put a saved reply at the caret, or in place of `start` to `end`; an open place is chosen, to be typed over. */
export async function insert(form, id, start, end) {
  const answer = await post(`${form.dataset.saved}${id}/insert/`, told(form)).catch(() => null);
  if (!answer?.ok || !form.isConnected) return false;
  fill(form, await answer.json(), start, end);
  return true;
}

function fill(form, { text, holes }, start, end) {
  const { field, from } = put(form, "reply", text, start, end);
  if (!holes.length) return;
  const hole = from + text.indexOf(holes[0]);
  field.setSelectionRange(hole, hole + holes[0].length);
}

// What a macro says waits for the agent in the same way.
document.addEventListener("macro:text", ({ detail }) => composer() && fill(composer(), detail));

// What next and the list of the page: a promised date stands in the text, and leads back without scripts.
function told(form) {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (/^(next|view|promise_)/.test(name)) body.append(name, value);
  return body;
}

const { options, chosen } = picker("saved", {
  find,
  look: ({ dataset }) => post(dataset.look, told(composer() ?? document.createElement("form"))),
  take,
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
  const nothing = options(box).length === 0;
  box.querySelector("[data-none]").hidden = !nothing;
  box.querySelector(".picks").hidden = nothing;
}

async function take(box, { strong }) {
  const option = chosen(box);
  const form = composer();
  if (!option || !form) return;
  box.close();
  if ((await insert(form, option.dataset.pick)) && strong) form.querySelector(".split [data-key=send]").click();
}
