// "Show notices in this browser": asks the person, then the push service, and tells the desk where it listens.
const box = document.querySelector("[data-push]");
const possible = "serviceWorker" in navigator && "PushManager" in window && isSecureContext;

if (box) offer();

async function offer() {
  const button = box.querySelector("button");
  box.dataset.push = possible ? "possible" : "impossible";
  if (!possible) return;
  await navigator.serviceWorker.register("/worker.js", { scope: "/" });
  button.hidden = false;
  button.addEventListener("click", () => allow(button));
}

async function allow(button) {
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const worker = await navigator.serviceWorker.ready;
    const old = await worker.pushManager.getSubscription();
    const listens = old ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key() }));
    const answer = await tell(listens);
    if (answer.ok) location.reload();
    else say("failed");
  } catch {
    say("failed");
  } finally {
    button.disabled = false;
  }
}

function key() {
  const text = box.dataset.key.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(text + "=".repeat((4 - (text.length % 4)) % 4)), (sign) => sign.charCodeAt(0));
}

function tell(listens) {
  const { endpoint, keys } = listens.toJSON();
  const body = new URLSearchParams({ endpoint, key: keys.p256dh, secret: keys.auth });
  const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(box.dataset.at, { method: "POST", body, headers: { "X-CSRFToken": token } });
}

function say(what) {
  for (const line of box.querySelectorAll("[data-said]")) line.hidden = line.dataset.said !== what;
}
