// The open conversation: it begins at what is new, and news come in at its end without touching what is being written.
import { isPeeked } from "./queue-page.js";

const talk = () => document.getElementById("talk");
const flow = () => document.getElementById("flow");
const GATHER = 120;
let gathering = null;
let running = false;
let again = false;

document.body.addEventListener("live:ticket", ({ detail }) => String(detail.id) === talk()?.dataset.ticket && soon());
document.body.addEventListener("live:connected", () => soon());
document.addEventListener("ticket:changed", ({ detail }) => (!detail?.number || String(detail.number) === talk()?.dataset.ticket) && soon());
document.addEventListener("peek:ends", () => soon());
document.addEventListener("countdown:end", () => setTimeout(soon, 700));
document.addEventListener("visibilitychange", () => !document.hidden && unreadBelow() && soon());

const unreadBelow = () => talk()?.hasAttribute("data-unseen");

function soon() {
  clearTimeout(gathering);
  gathering = setTimeout(news, GATHER);
}

async function news() {
  const place = talk();
  const tail = document.getElementById("tail");
  if (!place?.dataset.news || !tail) return;
  if (running) return void (again = true);
  running = true;
  const query = new URLSearchParams(location.search);
  query.set("after", tail.dataset.after);
  query.set("event", tail.dataset.event);
  query.set("day", tail.dataset.day);
  const letters = [...place.querySelectorAll("[id^=m][data-fate]")].map((one) => one.id.slice(1)).filter((id) => /^\d+$/.test(id));
  if (letters.length) query.set("fates", letters.join(","));
  if (document.hidden || isPeeked()) place.setAttribute("data-unseen", "");
  else {
    query.set("seen", "1");
    if (place.hasAttribute("data-ahead")) query.set("opens", "1");
    place.removeAttribute("data-unseen");
    place.removeAttribute("data-ahead");
  }
  try {
    await htmx.ajax("GET", `${place.dataset.news}?${query}`, { target: "#tail", swap: "none" });
  } finally {
    running = false;
    if (again || place !== talk()) soon();
    again = false;
  }
}

/** Begin at the first unread message, or where the address points; else at the end. */
function begin() {
  const place = flow();
  if (!place || place.dataset.begun) return;
  place.dataset.begun = "1";
  const named = /^#m\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
  const first = named ?? document.getElementById("fresh") ?? document.querySelector("#timeline[data-begin] > *");
  first?.scrollIntoView({ block: "start" });
  if (named) named.classList.add("pointed");
}

// What was drawn before it was opened is looked at only now, and something may have come since.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => ctx.target?.id === "open" && talk()?.hasAttribute("data-ahead") && soon());

document.addEventListener("htmx:after:swap", begin);
document.addEventListener("htmx:after:settle", begin);
begin();
