// Figures of the menu change while a page is open; a notice that the person wants to hear rings, in one tab only, and so
// does whoever has come to wait longest in a chat.
import { door, make, root } from "./page.js";

const GATHER = 400;
const NAME = `otklik-rung-${root.dataset.user ?? ""}`;
const CHAT = `otklik-chat-${root.dataset.user ?? ""}`;
const AFTER_WHO_LOOKS = 400;
let gathering = null;
let longest = ""; // who waits longest in my chats, as it was told last

if (door("figures")) {
  document.body.addEventListener("live:notices", soon);
  document.body.addEventListener("live:connected", soon);
  // What others do to one's requests comes as a notice; what one did oneself, here or in another tab, does not.
  // Of the chat that waits longest everything is asked: who answers it may be somebody else.
  document.body.addEventListener("live:ticket", ({ detail }) => {
    if (String(detail.by) === root.dataset.user || String(detail.id) === longest) soon();
  });
}

function soon() {
  gathering ??= setTimeout(ask, GATHER);
}

async function ask() {
  gathering = null;
  const answer = await fetch(door("figures")).catch(() => null);
  if (!answer?.ok) return;
  const { figures, ring, chat } = await answer.json();
  for (const [name, figure] of Object.entries(figures)) show(name, figure);
  document.dispatchEvent(new Event("menu:counted"));
  if (ring && (await first(ring))) sound();
  await hearChat(chat ? String(chat) : "");
}

// Once for each that has come to wait longest, on whatever page; not for the one that is before my eyes.  A tab that
// nobody looks at lets the others speak first.
async function hearChat(chat) {
  longest = chat;
  if (!chat || chat === localStorage.getItem(CHAT)) return localStorage.setItem(CHAT, chat);
  if (document.hidden) await new Promise((done) => setTimeout(done, AFTER_WHO_LOOKS));
  const before = await locked(CHAT, () => {
    const told = localStorage.getItem(CHAT);
    localStorage.setItem(CHAT, chat);
    return told;
  });
  const looksAt = !document.hidden && chat === document.getElementById("open")?.dataset.ticket;
  if (before !== chat && !looksAt) sound();
}

function show(name, figure) {
  for (const item of document.querySelectorAll(`[data-nav=${name}]`)) {
    for (const old of item.querySelectorAll(".n, .dot")) old.remove();
    if (!figure) continue;
    const state = figure.state || false;
    item.append(make("span", { class: "n", "data-s": state }, String(figure.number)));
    if (state) item.append(make("span", { class: "dot rail-only", "data-s": state }));
  }
  for (const tab of document.querySelectorAll(`[data-tab=${name}]`)) {
    tab.querySelector(".dot")?.remove();
    if (figure?.state) tab.append(make("span", { class: "dot", "data-s": figure.state }));
  }
}

// Numbers of notices grow: what another tab of this browser has rung for is not rung again.
function first(number) {
  return locked(NAME, () => {
    if (number <= Number(localStorage.getItem(NAME))) return false;
    localStorage.setItem(NAME, String(number));
    return true;
  });
}

const locked = (name, choose) => (navigator.locks ? navigator.locks.request(name, choose) : choose());

// A short tone; browsers let a page sound once somebody has touched it.
export function sound() {
  const air = new AudioContext();
  const tone = air.createOscillator();
  const volume = air.createGain();
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.15, air.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, air.currentTime + 0.4);
  tone.connect(volume).connect(air.destination);
  tone.addEventListener("ended", () => air.close());
  tone.start();
  tone.stop(air.currentTime + 0.4);
}
