// Files by choice, drop or paste.  [data-upload="/address/"] holds an <input type="file"> and a <ul class="uploads">;
// data-max is the largest size in bytes.  The server answers {"id": …}; it becomes a hidden input named data-name.
import { glyph, headers, make, words } from "./page.js";

const boxOf = (event) => event.target.closest?.("[data-upload]");

document.addEventListener("change", (event) => {
  const box = event.target.matches("[data-upload] input[type=file]") && boxOf(event);
  if (!box) return;
  send(box, event.target.files);
  event.target.value = "";
});

document.addEventListener("paste", (event) => {
  const box = boxOf(event);
  if (!box || !event.clipboardData?.files.length) return;
  event.preventDefault();
  send(box, event.clipboardData.files, event.target);
});

document.addEventListener("dragover", (event) => {
  const box = boxOf(event);
  if (!box || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  box.toggleAttribute("data-over", true);
});
document.addEventListener("dragleave", (event) => boxOf(event)?.removeAttribute("data-over"));
document.addEventListener("drop", (event) => {
  const box = boxOf(event);
  if (!box || !event.dataTransfer.files.length) return;
  event.preventDefault();
  box.removeAttribute("data-over");
  send(box, event.dataTransfer.files, event.target);
});

const send = (box, files, into = null) => [...files].forEach((file) => one(box, file, into));

// `into` is what the file was pasted or dropped on; upload:begun, upload:done and upload:failed tell the page.
function one(box, file, into) {
  const row = line(box, file);
  const most = Number(box.dataset.max || 0);
  if (most && file.size > most) return fail(row, words.tooBig);
  tell(row, "begun", { file, into });
  const request = new XMLHttpRequest();
  row.querySelector("button").addEventListener("click", () => (request.abort(), row.remove()));
  request.upload.onprogress = (event) => (row.querySelector("progress").value = (event.loaded / event.total) * 100);
  request.onload = () => (request.status < 300 ? done(box, row, request) : fail(row, reason(request)));
  request.onerror = () => fail(row, words.failed);
  request.open("POST", box.dataset.upload);
  for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
  const body = new FormData();
  body.append("file", file);
  request.send(body);
}

function line(box, file) {
  const remove = make("button", { class: "btn quiet icon s", type: "button", "aria-label": `${words.remove} ${file.name}` }, glyph("x", "s"));
  const bar = make("progress", { max: "100", value: "0", "aria-label": file.name });
  const row = make("li", {}, glyph("file"), make("span", { class: "clip" }, file.name), make("small", {}, size(file.size)), remove, bar);
  remove.addEventListener("click", () => row.remove());
  box.querySelector(".uploads").append(row);
  return row;
}

function done(box, row, request) {
  row.querySelector("progress").remove();
  const { id, picture } = JSON.parse(request.responseText);
  row.append(make("input", { type: "hidden", name: box.dataset.name || "files", value: id }));
  tell(row, "done", { id, picture });
}

const tell = (row, what, detail) => row.dispatchEvent(new CustomEvent(`upload:${what}`, { bubbles: true, detail }));

function fail(row, text) {
  row.dataset.s = "error";
  row.querySelector("progress")?.remove();
  row.querySelector("small").textContent = text;
  tell(row, "failed");
}

function reason(request) {
  try {
    return JSON.parse(request.responseText).error || words.failed;
  } catch {
    return words.failed;
  }
}

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} ${words.kb}` : `${(bytes / 1048576).toFixed(1)} ${words.mb}`);
