// The window of a chat: what was said, a field to write, and a stream that tells when there is more.
import { read } from "../ui/js/sse.js";
import { Talk } from "./talk.js";

const root = document.getElementById("chat");
const list = document.getElementById("said");
const form = document.getElementById("write");
const field = form.elements.text;
const email = form.elements.email;
const chosen = form.elements.files;
const trouble = document.getElementById("trouble");
const later = document.getElementById("later");
const KEY = `chat ${location.pathname}`;
const LANGUAGE = document.documentElement.lang;
const REPORTS_AGAIN = 4000;
const PAUSES = [1000, 2000, 5000, 10000, 20000];

const talk = new Talk(list, root.dataset, LANGUAGE);
let memory = "";
let page = "";
let isShown = parent === window;
let reading = null;
let quiet = 0;
let leaving = 0;
let isAway = false;
let tried = 0;
let seen = 0;
let reporting = 0;
let last = 0;
let isKnown = false;
let fetching = null;
let again = false;

const toSite = (chat, more = {}) => parent !== window && parent.postMessage({ chat, ...more }, "*");
const hex = (count) => Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** What this browser is known by here; made when it is first needed, and read anew each time: other tabs share it. */
function secret(make = false) {
  try {
    memory = localStorage.getItem(KEY) || memory;
  } catch {
    // A browser that keeps nothing is known until the page is left.
  }
  if (!memory && make) {
    memory = hex(32);
    try {
      localStorage.setItem(KEY, memory);
    } catch {
      // As above.
    }
  }
  return memory;
}

const address = (path) => `${location.pathname}${path}${path.includes("?") ? "&" : "?"}lang=${LANGUAGE}`;
const ask = (path, options = {}) =>
  fetch(address(path), { ...options, headers: { "X-Chat-Secret": secret() }, credentials: "omit", cache: "no-store" });

async function post(path, told) {
  const body = new FormData();
  for (const [name, value] of Object.entries(told)) for (const one of [value].flat()) body.append(name, one);
  if (!body.has("key")) body.append("key", hex(16));
  const answer = await ask(path, { method: "POST", body });
  if (answer.ok) return null;
  const said = await answer.json().catch(() => ({}));
  return { words: said.error ?? root.dataset.fails, field: said.field ?? "text" };
}

/** What is new; asked for once more where news come while it is on its way. */
async function look() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = looked().finally(() => {
    fetching = null;
    if (again) {
      again = false;
      look();
    }
  });
  return fetching;
}

async function looked() {
  const answer = await ask(`said/?after=${last}`).catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  if (told.known && !isKnown) toSite("begun");
  isKnown = told.known;
  for (const line of told.lines) {
    last = Math.max(last, line.id);
    talk.show(line);
  }
  shownState(told);
  talk.standing(told);
  lookAgain(told);
  see();
  if (told.more) again = true;
}

/** The place in a queue changes by what others do, of which no news come here: asked for from time to time, ever rarer. */
let waiting = 0;
let patience = 4000;
function lookAgain({ place, ended }) {
  clearTimeout(waiting);
  if (!talk.waits() || ended || isAway) return void (patience = 4000);
  patience = place ? 20000 : Math.min(patience * 2, 120000);
  waiting = setTimeout(look, patience);
}

function shownState({ state, email: known, ended, place }) {
  root.dataset.ended = ended ? "yes" : "no";
  document.getElementById("end").hidden = !isKnown || ended;
  document.getElementById("state").textContent = talk.stateWords(state);
  document.getElementById("dot").dataset.s = state.open ? "open" : "shut";
  const asks = root.dataset.asks;
  email.closest("label").hidden = !(asks === "first" && !known);
  later.hidden = asks !== "away" || (state.open && !(place > 1)) || Boolean(known); // in a queue a letter is a way out, too
  document.getElementById("reached").hidden = !known || state.open;
  document.getElementById("reached-at").textContent = known;
}

/** Only what is before somebody's eyes was seen. */
function see() {
  const unseen = talk.unseen();
  if (isShown && document.visibilityState === "visible" && unseen.length) {
    talk.sawAll();
    reportSeen(Math.max(...unseen));
  }
  toSite("waiting", { count: talk.unseen().length });
}

/** What nobody has heard, or does not count as sent yet, is told once more. */
async function reportSeen(line) {
  seen = Math.max(seen, line);
  const answer = await ask("seen/", { method: "POST", body: new URLSearchParams({ last: String(line) }) }).catch(() => null);
  if (answer && answer.status !== 202 && answer.status < 500) return;
  clearTimeout(reporting);
  reporting = setTimeout(() => reportSeen(seen), REPORTS_AGAIN);
}

/** Whoever has not looked at the page for so long is away: what they do not read goes by letter. */
const AWAY = 60000;

/** No stream is held for nobody; the first look at the page begins it anew, with all that came meanwhile. */
function attend() {
  clearTimeout(leaving);
  isAway = isAway && document.visibilityState !== "visible";
  if (document.visibilityState === "visible") return listen();
  leaving = setTimeout(() => {
    isAway = true;
    reading?.abort();
  }, AWAY);
}

/** Silence longer than this is a connection that nobody has closed. */
const SILENCE = 35000;

async function listen() {
  if (reading || !isKnown || isAway) return;
  reading = new AbortController();
  const { signal } = reading;
  const beat = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => reading?.abort(), SILENCE);
  };
  beat(); // also while nothing has come at all: some proxies keep a stream to themselves
  try {
    await read(root.dataset.live, {
      signal,
      headers: { "X-Chat-Secret": secret() },
      onEvent: () => {
        tried = 0;
        look();
      },
      onBeat: beat,
    });
  } catch (error) {
    if (error.status === 404) isKnown = false; // what was known of us was erased
  }
  clearTimeout(quiet);
  reading = null;
  look(); // where no stream comes through, this is how news come
  const pause = PAUSES[Math.min(tried, PAUSES.length - 1)];
  tried += 1;
  setTimeout(listen, pause * (0.75 + Math.random() / 2));
}

function complain(error) {
  trouble.hidden = !error;
  trouble.textContent = error?.words ?? "";
  for (const one of [field, email]) one.removeAttribute("aria-invalid");
  const wrong = error && (error.field === "email" ? email : field);
  wrong?.setAttribute("aria-invalid", "true");
  wrong?.focus();
}

let sending = null;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  const files = [...chosen.files];
  if (form.dataset.busy || (!text && !files.length)) return;
  secret(true);
  // The same words sent again after a lost answer are the same message.
  const print = JSON.stringify([text, files.map((file) => [file.name, file.size, file.lastModified])]);
  sending = sending?.print === print ? sending : { print, key: hex(16) };
  form.dataset.busy = "yes";
  const told = { key: sending.key, text, page, ...(email.closest("label").hidden ? {} : { email: email.value }) };
  const error = await post("say/", { ...told, files }).catch(() => ({ words: root.dataset.fails, field: "text" }));
  delete form.dataset.busy;
  complain(error);
  if (error) return;
  sending = null;
  field.value = "";
  chosen.value = "";
  named();
  grow();
  field.focus();
  patience = 1000;
  await look();
  listen();
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
const grow = () => {
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, 160)}px`;
};
field.addEventListener("input", grow);

/** That somebody types, every few seconds; never what. */
const TELLS = 4000;
let told = 0;
field.addEventListener("input", () => {
  if (!isKnown || !field.value.trim() || Date.now() - told < TELLS) return;
  told = Date.now();
  ask("writes/", { method: "POST", body: new URLSearchParams() }).catch(() => {});
});

function named() {
  const names = [...chosen.files].map((file) => file.name);
  document.getElementById("chosen").textContent = names.join(", ");
  document.getElementById("chosen").hidden = !names.length;
}
chosen.addEventListener("change", named);

later.addEventListener("submit", async (event) => {
  event.preventDefault();
  secret(true);
  const given = later.elements.address;
  const error = await post("address/", { email: given.value }).catch(() => ({ words: root.dataset.fails }));
  const said = document.getElementById("later-trouble");
  said.hidden = !error;
  said.textContent = error?.words ?? "";
  given.toggleAttribute("aria-invalid", Boolean(error));
  if (error) return given.focus();
  await look();
  listen();
  field.focus();
});

document.getElementById("end").addEventListener("click", async () => {
  complain(await post("end/", {}).catch(() => ({ words: root.dataset.fails })));
  await look();
});

list.addEventListener("click", async (event) => {
  const choice = event.target.closest("[data-choice]");
  const file = event.target.closest("[data-file]");
  if (choice) {
    choice.closest("[role=group]").dataset.busy = "yes";
    const told = { data: choice.dataset.choice, line: choice.closest("[data-line]").dataset.line };
    complain(await post("press/", told).catch(() => ({ words: root.dataset.fails })));
    delete choice.closest("[role=group]")?.dataset.busy;
  }
  if (file) {
    const answer = await ask(`files/${file.dataset.file}/`).catch(() => null);
    if (!answer?.ok) return complain({ words: root.dataset.fails });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = file.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
});

const leave = () => {
  isShown = parent === window;
  toSite("close");
};
document.getElementById("close").addEventListener("click", leave);
addEventListener("keydown", (event) => event.key === "Escape" && leave());
document.addEventListener("visibilitychange", () => {
  see();
  attend();
});
addEventListener("online", () => (reading ? look() : listen()));
addEventListener("message", (event) => {
  if (event.source !== parent) return;
  const { chat, page: told } = event.data ?? {};
  if (chat === "opened") {
    isShown = true;
    page = typeof told === "string" ? told : "";
    field.focus();
    talk.toEnd();
    see();
  }
  if (chat === "closed") isShown = false;
});

shownState({ state: JSON.parse(root.dataset.state), email: "", ended: false });
document.getElementById("close").hidden = parent === window;
toSite("ready");
if (secret()) look().then(attend);
else attend();
root.dataset.ready = "yes";
