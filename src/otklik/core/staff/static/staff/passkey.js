// Passkeys: <form data-passkey="sign-in | confirm | create"> is sent once the key has answered.
// "confirm" and "create" find their question in #passkey-data, "sign-in" asks the server for a fresh one.

const possible = typeof PublicKeyCredential !== "undefined" && isSecureContext;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!possible) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form).catch((error) => complain(form, error));
  });
}

async function answer(form) {
  const how = form.dataset.passkey;
  const question = await ask(form, how);
  const key = how === "create" ? await create(question.publicKey) : await get(question.publicKey);
  form.elements.credential.value = JSON.stringify(key);
  form.submit();
}

async function ask(form, how) {
  if (how === "sign-in") {
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return (await response.json()).request_options;
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  return data.creation_options ?? data.request_options;
}

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
      authenticatorSelection: {
        ...options.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  const { response } = made;
  return told(made, { attestationObject: text(response.attestationObject) });
}

async function get(options) {
  const found = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) },
  });
  const { response } = found;
  return told(found, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  });
}

function told(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function bytes(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function complain(form, error) {
  const line = form.querySelector(".err");
  const words = line.querySelector("span");
  const cancelled = error.name === "NotAllowedError" || error.name === "AbortError";
  words.textContent = cancelled ? words.dataset.cancelled : words.dataset.failed;
  line.hidden = false;
}
