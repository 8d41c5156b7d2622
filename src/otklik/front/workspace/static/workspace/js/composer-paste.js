// What was copied in Word or a browser becomes our Markdown; plain text and files are pasted as they are.
import { type } from "./composer-form.js";

const SAYS_SOMETHING = "a[href], b, strong, em, i, s, del, ul, ol, blockquote, pre, code, table, h1, h2, h3, h4, h5, h6, [data-style*='font-weight'], [class^=MsoListParagraph]";
const SILENT = "script, style, title, meta, link, head, template, noscript, [hidden]";
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "TABLE", "UL", "OL", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6"]);
const SAFE = /^(https?:|mailto:|tel:)/i;

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("#composer textarea");
  const html = event.clipboardData?.getData("text/html");
  if (!field || !html) return;
  const text = asMarkdown(html);
  // Without a mark worth keeping the browser's own plain text is the better one.
  if (!text) return;
  event.preventDefault();
  event.stopPropagation(); // Word puts a picture of the text beside it, which is no file to send
  type(field, text);
}, true);

/** Markdown of a piece of HTML, or "" when it holds plain text only.  Nothing of it is run or fetched. */
export function asMarkdown(html) {
  const { body } = new DOMParser().parseFromString(inert(html), "text/html");
  for (const silent of body.querySelectorAll(SILENT)) silent.remove();
  if (!body.querySelector(SAYS_SOMETHING)) return "";
  return blocks(body).replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

// The content policy of the page speaks up for styles and handlers also in a document that is never shown.
const inert = (html) => html.replace(/<style[^]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s/](style|on[a-z]+)\s*=/gi, " data-$1="));

function blocks(node) {
  let out = "";
  for (const child of node.childNodes) {
    if (BLOCKS.has(child.nodeName)) out = `${out.trimEnd()}${out.trim() ? gap(child) : ""}${block(child)}${"\n\n"}`;
    else out += inline(child);
  }
  return out;
}

// Points of a list of Word are paragraphs of their own and stand together.
const isPoint = (node) => /^MsoListParagraph/.test(node?.className ?? "");
const gap = (node) => (isPoint(node) && isPoint(node.previousElementSibling) ? "\n" : "\n\n");

function block(node) {
  if (/^H\d$/.test(node.nodeName)) return around("**", line(node));
  if (node.nodeName === "PRE") return `\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\``;
  if (node.nodeName === "BLOCKQUOTE") return prefixed(blocks(node).trim(), "> ", "> ");
  if (node.nodeName === "UL" || node.nodeName === "OL") return list(node);
  if (node.nodeName === "TABLE") return [...node.rows].map((row) => [...row.cells].map(line).join(" | ")).join("\n");
  if (isPoint(node)) return point(line(node));
  return blocks(node).trim();
}

const point = (text) => (/^\d+[.)]/.test(text) ? text.replace(/^(\d+)[.)]\s*/, "$1. ") : `- ${text.replace(/^[·•§o▪-]\s+/, "")}`);

function list(node) {
  const first = Number(node.getAttribute("start") ?? 1);
  const items = [...node.children].filter((item) => item.nodeName === "LI");
  return items.map((item, at) => {
    const mark = node.nodeName === "OL" ? `${first + at}. ` : "- ";
    return prefixed(blocks(item).replace(/\n{2,}/g, "\n").trim(), mark, " ".repeat(mark.length));
  }).join("\n");
}

const prefixed = (text, first, rest) => text.split("\n").map((one, at) => (at ? rest : first) + one).join("\n");
const line = (node) => blocks(node).replace(/\s+/g, " ").trim();

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.nodeName === "BR") return "\n";
  const inside = node.nodeName === "CODE" ? node.textContent : blocks(node);
  if (node.nodeName === "CODE") return around("`", inside);
  if (node.nodeName === "A") return link(node.getAttribute("href") ?? "", inside);
  if (isBold(node)) return around("**", inside);
  if (node.nodeName === "EM" || node.nodeName === "I") return around("_", inside);
  if (node.nodeName === "S" || node.nodeName === "DEL") return around("~~", inside);
  return inside;
}

// Google Docs wraps everything in a <b> that is not bold, and makes bold by a style.
function isBold(node) {
  const weight = /font-weight:\s*(\w+)/.exec(node.dataset.style ?? "")?.[1];
  if (weight) return weight === "bold" || Number(weight) >= 600;
  return node.nodeName === "B" || node.nodeName === "STRONG";
}

/** Marks stand at the words, not at the blanks around them; what holds lines is left without. */
function around(mark, text) {
  const words = text.trim();
  if (!words || words.includes("\n")) return text;
  return text.replace(words, () => mark + words + mark);
}

function link(address, text) {
  const words = text.replace(/\s+/g, " ").trim();
  if (!SAFE.test(address) || !words) return text;
  const safe = address.replace(/[()<>\s]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return words === address ? `<${safe}>` : `[${words.replace(/[[\]]/g, "\\$&")}](${safe})`;
}
