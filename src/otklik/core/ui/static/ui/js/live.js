// One event stream per browser: one tab reads it and tells the others.  News become events on document.body:
// live:<kind>, and live:<kind>:<id> where the data carries an id.
import { announce, door, glyph, make, root, words } from "./page.js";
import { read } from "./sse.js";

const SILENCE = 20_000;
const LONGEST = 15_000;
const KEPT = 50;
const name = `otklik-live-${root.dataset.user ?? ""}`;
const channel = door("live") ? new BroadcastChannel(name) : null;
let last = "";
let connectedBefore = false;
let silence = null;
let recent = [];
let reconnecting = false;

// Not before every script of the page listens to what is told.
if (channel) document.readyState === "complete" ? begin() : document.addEventListener("DOMContentLoaded", begin, { once: true });

function begin() {
  channel.onmessage = ({ data }) => (data.since ? retell(data.since) : hear(data));
  channel.postMessage({ since: performance.timeOrigin });
  if (navigator.locks) navigator.locks.request(name, lead);
  else lead();
  listen();
}

// The tab that holds the lock reads until it is closed; then the next tab gets the lock and goes on from the last id.
async function lead() {
  let pause = 500;
  for (;;) {
    const began = Date.now();
    try {
      const headers = last || reconnecting || !root.dataset.drawn ? {} : { "Otklik-Drawn": root.dataset.drawn };
      await read(door("live"), { last, headers, onEvent: tell, onBeat: () => tellBeat() });
    } catch (error) {
      if (error.status === 401 || error.status === 403) return new Promise(() => {});
    }
    pause = Date.now() - began > LONGEST ? 500 : Math.min(pause * 2, LONGEST);
    await new Promise((done) => wake(done, pause * (0.7 + Math.random() * 0.6)));
    connectedBefore = true;
    reconnecting = true;
  }
}

// Sleep, but not longer than until the network is back or the tab is looked at.
function wake(done, time) {
  const timer = setTimeout(finish, time);
  function finish() {
    clearTimeout(timer);
    removeEventListener("online", finish);
    done();
  }
  addEventListener("online", finish);
}

// A tab that was opened while another one reads: what came when it was on its way to its reader is told once more.
function retell(since) {
  for (const { at, news } of recent) if (at >= since) channel.postMessage(news);
}

let lastBeat = 0;
function tellBeat() {
  if (reconnecting) {
    reconnecting = false;
    share({ kind: "connected", id: "", detail: { again: connectedBefore } });
  }
  if (Date.now() - lastBeat < 2000) return listen();
  lastBeat = Date.now();
  share({ kind: "", last });
}

function tell({ name: event, data, id }) {
  if (id) last = id;
  const detail = parsed(data);
  const kind = event !== "message" ? event : (detail.kind ?? "message");
  share({ kind, detail, last });
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value ? value : { data: value };
  } catch {
    return { data: text };
  }
}

function share(news) {
  if (news.kind) recent = [...recent.slice(1 - KEPT), { at: Date.now(), news }];
  channel.postMessage(news);
  hear(news);
}

function hear(news) {
  if (news.last) last = news.last;
  listen();
  if (!news.kind || news.kind === "ping") return;
  fire(`live:${news.kind}`, news.detail);
  if (news.detail?.id !== undefined) fire(`live:${news.kind}:${news.detail.id}`, news.detail);
}

const fire = (type, detail) => document.body.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));

// Each tab watches for silence by itself.
function listen() {
  clearTimeout(silence);
  silence = setTimeout(lost, SILENCE);
  const bar = document.querySelector(".offline");
  if (!bar) return;
  bar.remove();
  announce(words.online);
}

function lost() {
  if (document.querySelector(".offline")) return;
  const text = make("span", { class: "grow" }, words.offline, " ", make("small", {}, words.offlineMore));
  document.body.append(make("p", { class: "callout offline", "data-s": "soon" }, glyph("offline"), text));
  announce(words.offline);
}
