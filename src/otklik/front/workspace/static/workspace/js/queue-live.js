// News of requests: rows change in their places, those that left fade, newcomers wait behind "3 new" until the hand rests.
import { announce, words } from "../../ui/js/page.js";
import { dropGone, letIn, list, markOpened, opened, queue, row } from "./queue-page.js";

const GATHER = 150;
const REST = 4000;
const asked = new Set();
const waiting = new Map();
let anew = false;
let gathering = null;
let resting = null;
let counting = null;

document.body.addEventListener("live:ticket", ({ detail }) => ask(detail.id));
document.addEventListener("ticket:changed", ({ detail }) => ask(detail?.number));
document.body.addEventListener("live:presence", ({ detail }) => row(detail.id) && ask(detail.id));
document.body.addEventListener("live:connected", () => {
  for (const item of list()?.querySelectorAll("li[data-ticket]") ?? []) ask(item.dataset.ticket);
  anew = true; // news may have been missed: whoever stands on the first page by now comes, too
  gathering ??= setTimeout(fetchRows, GATHER);
  figures();
});

function ask(number) {
  if (!number || !queue()?.dataset.queue) return;
  asked.add(String(number));
  gathering ??= setTimeout(fetchRows, GATHER); // never put off by the next piece of news: a storm has no pause
}

async function fetchRows() {
  gathering = null;
  const numbers = [...asked].slice(0, 100);
  for (const number of numbers) asked.delete(number);
  if (asked.size) gathering ??= setTimeout(fetchRows, GATHER);
  const place = queue();
  if (!place?.dataset.queue || !(numbers.length || anew)) return;
  const query = new URLSearchParams(place.dataset.query);
  if (anew) query.set("first", "1");
  const first = anew;
  anew = false;
  query.set("ids", numbers.join(","));
  if (opened()) query.set("open", opened());
  const answer = await fetch(`/queue/${place.dataset.queue}/rows/?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (place !== queue()) return;
  if (!answer?.ok) return void (anew ||= first); // it goes along with the next piece of news
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  const found = new Map([...box.content.children].map((item) => [item.dataset.ticket, item]));
  for (const number of new Set([...numbers, ...found.keys()])) settle(number, found.get(number));
  show();
  counting ??= setTimeout(figures, 800);
}

function settle(number, fresh) {
  const present = row(number);
  if (present && fresh) return patch(present, fresh);
  if (present) return present.setAttribute("data-gone", "");
  if (fresh) waiting.set(number, fresh);
  else waiting.delete(number);
}

// A row keeps its place and its focus; an older version never replaces a newer one.
function patch(present, fresh) {
  if (Number(fresh.dataset.version) < Number(present.dataset.version)) return;
  const focused = present.contains(document.activeElement);
  if (fresh.dataset.ticket === opened() && !document.hidden) fresh.querySelector("a").removeAttribute("data-unread");
  fresh.toggleAttribute("data-current", present.hasAttribute("data-current"));
  if (present.querySelector("input[name=ids]")?.checked) {
    fresh.querySelector("input[name=ids]").checked = true;
    fresh.setAttribute("aria-selected", "true");
  }
  present.replaceWith(fresh);
  htmx.process(fresh);
  if (focused) fresh.querySelector("a").focus({ preventScroll: true });
}

const touched = () => queue()?.matches(":hover") || list()?.contains(document.activeElement);

function show() {
  const pill = document.getElementById("newcomers");
  if (!pill) return;
  pill.hidden = waiting.size === 0;
  const text = `${waiting.size} ${words.newRows}`;
  if (waiting.size && pill.lastElementChild.textContent !== text) announce(text);
  pill.lastElementChild.textContent = text;
  clearTimeout(resting);
  if (waiting.size) resting = setTimeout(enter, touched() ? REST : GATHER);
}

// While the pointer or the focus is in the list nothing enters.
function enter() {
  const place = queue();
  if (!place || touched()) {
    resting = setTimeout(enter, REST);
    return;
  }
  dropGone();
  const scrolled = list().scrollTop;
  const strangers = [...waiting.values()].filter((item) => !letIn(item));
  waiting.clear();
  show();
  if (strangers.length) reload();
  else if (scrolled) list().scrollTop = scrolled;
}

function reload() {
  waiting.clear();
  htmx.ajax("GET", queue().dataset.address, { target: "#queue", swap: "outerHTML" });
}

function figures() {
  counting = null;
  const place = queue();
  if (!place?.dataset.queue || document.hidden) return;
  const query = place.dataset.address.split("?")[1];
  htmx.ajax("GET", `/queue/${place.dataset.queue}/counts/${query ? `?${query}` : ""}`, { target: "#views", swap: "innerMorph" });
}

document.addEventListener("htmx:after:swap", () => {
  markOpened();
  if (!document.getElementById("newcomers")?.hidden) return;
  waiting.forEach((item, number) => row(number) && waiting.delete(number));
});
document.addEventListener("visibilitychange", () => document.hidden || figures());

// The next act of the hand lets go of what has left.
document.addEventListener("click", (event) => event.target.closest(".qrow") && setTimeout(dropGone, 0));
