// Alarms of the stream: one calm line for each cause, in one tab only, and not for what is open here anyway.
import { door } from "./page.js";
import { letIn } from "./toast.js";

const GATHER = 400;
const REMEMBERED = 100;
const NAME = "otklik-alarms";
const heard = new Set();
let gathering = null;

document.body.addEventListener("live:alarm", ({ detail }) => {
  if (!detail.entry || String(detail.id) === document.getElementById("open")?.dataset.ticket) return;
  heard.add(String(detail.entry));
  soon();
});
document.addEventListener("visibilitychange", soon);

function soon() {
  if (heard.size && !document.hidden) gathering ??= setTimeout(tell, GATHER);
}

async function tell() {
  gathering = null;
  if (document.hidden) return;
  const entries = await mine([...heard]);
  heard.clear();
  if (!entries.length) return;
  const answer = await fetch(`${door("alarms")}?entries=${entries.join(",")}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  for (const toast of [...box.content.children]) letIn(toast);
}

// What another tab of this browser has said is not said again.
async function mine(entries) {
  const choose = () => {
    const said = remembered();
    const fresh = entries.filter((entry) => !said.includes(entry));
    localStorage.setItem(NAME, JSON.stringify([...said, ...fresh].slice(-REMEMBERED)));
    return fresh;
  };
  return navigator.locks ? navigator.locks.request(NAME, choose) : choose();
}

function remembered() {
  try {
    const said = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(said) ? said : [];
  } catch {
    return [];
  }
}
