// Texts that this browser keeps until the server has them: a copy for each page, because two tabs of the same request that
// both go on while the server is away would else leave the text of one of them.
import { root } from "./page.js";

const PREFIX = `otklik-draft:${root.dataset.user ?? ""}:`;
const PAGES = "otklik-page";
const WAITS = 6;
const PAUSE = 50;
const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
const nameOf = (address, owner = page) => `${PREFIX}${address}#${owner}`;
const former = before();

// Held as long as the page is there: what a living page keeps is its own affair.
navigator.locks?.request(`${PAGES}:${page}`, () => new Promise(() => {}));

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

/** Keep what stands there, and on which text of the server it was written. */
export function keep(address, values, base = "") {
  try {
    localStorage.setItem(nameOf(address), JSON.stringify({ values, base }));
  } catch {
    // A full or forbidden storage leaves the server's copy.
  }
}

/** The server has it, or it was thrown away. */
export const drop = (address) => localStorage.removeItem(nameOf(address));

/** What was kept for this address by pages that are closed, and by this one, the oldest first: {name, values, base}. */
export async function left(address) {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(nameOf(address, "")));
  if (!names.length) return [];
  const living = await pages();
  return names.sort().filter((name) => !living.has(name.slice(nameOf(address, "").length))).map(read);
}

/** These copies stand in the page by now, and are kept for it. */
export const dropLeft = (address, copies) => copies.forEach(({ name }) => name !== nameOf(address) && localStorage.removeItem(name));

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

const read = (name) => ({ name, ...JSON.parse(localStorage.getItem(name)) });
