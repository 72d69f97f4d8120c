// A passkey: the server asks, the browser shows or makes one, the form brings the answer. The page is whole without it.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function read(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const each of list ?? []) each.id = bytes(each.id);
  }
  return options;
}

function written(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = text(response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function show(form) {
  const fault = form.querySelector("[data-fault]");
  fault.hidden = true;
  try {
    const answer = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no question");
    const publicKey = read((await answer.json()).publicKey);
    const credential = await navigator.credentials["new" in form.dataset ? "create" : "get"]({ publicKey });
    form.elements.credential.value = written(credential);
    form.submit();
  } catch {
    fault.hidden = false;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form);
  });
  // Chosen by name a moment ago: the passkey is asked for at once.
  if ("now" in form.dataset) show(form);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The clock on the lock, as it goes on.
for (const wall of document.querySelectorAll("[data-wall]")) {
  const zone = wall.dataset.wall;
  const shown = () => new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: zone });
  setInterval(() => (wall.textContent = shown().format(new Date())), 5000);
}
