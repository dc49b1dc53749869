// Passkeys: makes one on the page of one's account, shows one as a second factor. Buttons are hidden where a browser cannot.

const token = () => document.querySelector("input[name=csrf_token]").value;

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

async function make() {
  const options = await post("/api/me/passkeys/options", {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await post("/api/me/passkeys", { credential: credential.toJSON(), label: navigator.platform.slice(0, 80) });
  location.assign("/account?done=1");
}

async function show() {
  const options = await post("/second-factor/passkey/options", {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  await post("/second-factor/passkey", credential.toJSON());
  location.assign("/");
}

const able = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
for (const [name, act] of [["make", make], ["show", show]]) {
  for (const button of document.querySelectorAll(`[data-passkey=${name}]`)) {
    button.hidden = !able;
    button.addEventListener("click", () => {
      const trouble = document.querySelector("[data-passkey-trouble]");
      trouble.hidden = true;
      act().catch(() => { trouble.hidden = false; });
    });
  }
}
