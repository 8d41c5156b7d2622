// Texts that this browser keeps until the server has them: a copy for each page, because two tabs of the same request that
// both go on while the server is away would else leave the text of one of them.
import { root } from "./page.js";

const ALL = "otklik-draft:";
const PREFIX = `${ALL}${root.dataset.user ?? ""}:`;
const LONGEST = 28 * 24 * 3600 * 1000;
const PAGES = "otklik-page";
const WAITS = 6;
const PAUSE = 50;
const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
const nameOf = (address, owner = page) => `${PREFIX}${address}#${owner}`;
const former = before();
const store = storage();
tidy();

// Held as long as the page is there: what a living page keeps is its own affair.
navigator.locks?.request(`${PAGES}:${page}`, () => new Promise(() => {}));

/** null where the person has forbidden it. */
function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** No text stays in a browser for ever: what nobody came back for in four weeks goes, whoever wrote it. */
function tidy() {
  for (const name of Object.keys(store ?? {}).filter((one) => one.startsWith(ALL))) {
    if (name.startsWith(`${ALL}/`)) adopt(name);
    else if (Date.now() - writtenAt(name) > LONGEST) store.removeItem(name);
  }
}

/** Names once told nobody: such a text is of whoever is here, as it was before, and the old name goes. */
function adopt(name) {
  if (!root.dataset.user) return;
  const address = name.slice(ALL.length);
  if (put(nameOf(address, `${Date.now().toString(36)}-former`), store.getItem(name), "")) store.removeItem(name);
}

/** When it was written; of what says no moment, when its page was opened. */
function writtenAt(name) {
  try {
    return JSON.parse(store.getItem(name)).at ?? Number.parseInt(name.slice(name.lastIndexOf("#") + 1), 36);
  } catch {
    return Number.NaN;
  }
}

function put(name, values, base) {
  try {
    store.setItem(name, JSON.stringify({ values, base, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** The page that stood in this tab before a reload: its lock may not be free yet. */
function before() {
  try {
    const name = sessionStorage.getItem(PAGES);
    sessionStorage.setItem(PAGES, page);
    return name;
  } catch {
    return null;
  }
}

/** Keep what stands there, and on which text of the server it was written; false where the storage is full or forbidden. */
export const keep = (address, values, base = "") => put(nameOf(address), values, base);

/** The server has it, or it was thrown away. */
export const drop = (address) => store?.removeItem(nameOf(address));

/** What was kept for this address by pages that are closed, and by this one, the oldest first: {name, values, base}. */
export async function left(address) {
  const names = Object.keys(store ?? {}).filter((name) => name.startsWith(nameOf(address, "")));
  if (!names.length) return [];
  const living = await pages();
  return names.sort().filter((name) => !living.has(name.slice(nameOf(address, "").length))).map(read);
}

/** These copies stand in the page by now, and are kept for it: never call it where `keep` said no. */
export const dropLeft = (address, copies) => copies.forEach(({ name }) => name !== nameOf(address) && store.removeItem(name));

/** Texts one below the other, each once: one that stands within another is not said twice. */
export function together(texts) {
  const whole = texts.filter((text, place) => text.trim() && !texts.some((other, at) => at !== place && other.includes(text) && (other !== text || at < place)));
  return whole.map((text, place) => (place < whole.length - 1 ? text.trimEnd() : text)).join("\n\n");
}

async function pages() {
  for (let waits = 0; ; waits += 1) {
    const living = await held();
    if (!living.has(former) || waits === WAITS) return living;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

async function held() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = held.filter(({ name }) => name.startsWith(`${PAGES}:`)).map(({ name }) => name.slice(PAGES.length + 1));
  return new Set(names.filter((name) => name !== page));
}

const read = (name) => ({ name, ...JSON.parse(store.getItem(name)) });
