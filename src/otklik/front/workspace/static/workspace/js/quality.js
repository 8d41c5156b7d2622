// The card of a review: digits give a mark and go on, chosen words of the conversation become a quote.
import { on } from "../../ui/js/keys.js";
import { chosen, followChoice } from "./talk-quote.js";

const card = document.getElementById("card");
const criteria = () => [...(card?.querySelectorAll("[data-crit]") ?? [])];
let here = Math.max(0, criteria().findIndex((one) => !markOf(one)));

function markOf(criterion) {
  return criterion.querySelector(".pick :checked")?.value ?? "";
}

function go(place) {
  const all = criteria();
  here = Math.max(0, Math.min(place, all.length - 1));
  const one = all[here];
  (one.querySelector(".pick :checked") ?? one.querySelector(".pick input")).focus();
  one.scrollIntoView({ block: "nearest" });
}

function give(value) {
  const one = criteria()[here];
  const input = one && [...one.querySelectorAll(".pick input")].find((each) => each.value === value);
  if (!input) return false;
  input.checked = true;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const lowered = value !== "n" && Number(value) < Number(one.dataset.steps);
  if (lowered) one.querySelector(".said").open = true;
  if (lowered && !said(one)) input.focus();
  else go(here + 1);
  return true;
}

const said = (one) => [...one.querySelectorAll(".said textarea")].some((field) => field.value.trim());

// The server reckons anew; this is what one sees while one marks.
function reckon() {
  let weights = 0;
  let points = 0;
  let left = 0;
  let critical = false;
  for (const one of criteria()) {
    const mark = markOf(one);
    if (!mark) left += 1;
    if (!mark || mark === "n") continue;
    weights += Number(one.dataset.weight);
    points += (Number(one.dataset.weight) * Number(mark)) / Number(one.dataset.steps);
    critical ||= "critical" in one.dataset && mark === "0";
  }
  const total = weights ? String(Math.round((100 * points) / weights)) : "—";
  document.getElementById("total").textContent = total;
  document.querySelector("[data-total]").textContent = total;
  document.querySelector("[data-critical-said]").hidden = !critical;
  const unmarked = document.getElementById("unmarked");
  unmarked.textContent = left ? `${unmarked.dataset.left} ${left}` : unmarked.dataset.none;
}

function refer() {
  const button = document.getElementById("refer");
  const found = chosen();
  if (!button || !found) return;
  const one = criteria()[here];
  const field = one.querySelector(".quoted");
  one.querySelector(".said").open = true;
  field.value = found.text.replace(/\s+/g, " ").slice(0, Number(field.maxLength));
  one.querySelector("[name^=message-]").value = found.message.id.slice(1);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  getSelection().removeAllRanges();
  button.hidden = true;
  go(here);
}

if (card) {
  for (const mark of ["0", "1", "2", "3", "4"]) on(`mark-${mark}`, () => give(mark));
  on("mark-none", () => give("n"));
  on("row-next", () => go(here + 1));
  on("row-previous", () => go(here - 1));
  card.addEventListener("change", reckon);
  card.addEventListener("focusin", (event) => {
    const one = event.target.closest("[data-crit]");
    if (one) here = criteria().indexOf(one);
  });
  reckon();
  followChoice("refer", (button) => {
    button.querySelector("b").textContent = String(here + 1);
    return true;
  });
  document.addEventListener("click", (event) => event.target.closest("#refer") && refer());
}

// Quotes stand out in the conversation, with the number of what they are of.
for (const quote of document.querySelectorAll("[data-quote][data-message]")) {
  const body = document.querySelector(`#m${CSS.escape(quote.dataset.message)} .body .words`);
  const walk = body && document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const words = quote.textContent.trim().toLowerCase();
  for (let text = walk?.nextNode(); text; text = walk.nextNode()) {
    const from = text.data.toLowerCase().indexOf(words);
    if (from < 0) continue;
    const mark = document.createElement("mark");
    const range = new Range();
    range.setStart(text, from);
    range.setEnd(text, from + words.length);
    range.surroundContents(mark);
    if (quote.closest(".crit").querySelector("[data-low]")) mark.dataset.s = "low";
    const number = document.createElement("sup");
    number.className = "ref";
    number.textContent = quote.dataset.quote;
    mark.after(number);
    break;
  }
}
