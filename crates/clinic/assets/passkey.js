// Passkeys: a button asks for a question, the browser answers it, and the form sends the answer. Without this there is the password.
"use strict";
const knowsPasskeys = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON
  && PublicKeyCredential.parseRequestOptionsFromJSON;
const ways = {
  make: (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  show: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!knowsPasskeys || box.dataset.origin !== location.origin) continue;
  const form = box.querySelector("form"), said = form.querySelector("[role=alert]");
  let busy = false;

  const answer = async () => {
    const asked = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    // Signed out, or the password is wanted once more: the page itself leads there.
    if (asked.redirected) return location.reload();
    if (!asked.ok) throw new Error(String(asked.status));
    const passkey = await ways[box.dataset.passkey](await asked.json());
    form.elements.answer.value = JSON.stringify(passkey.toJSON());
    form.submit();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    said.hidden = true;
    form.elements.answer.value = "";
    try {
      await answer();
    } catch (error) {
      const { cancelled, there, failed } = form.dataset;
      said.textContent = { NotAllowedError: cancelled, InvalidStateError: there }[error.name] || failed;
      said.hidden = false;
    }
    busy = false;
  });

  box.hidden = false;
  for (const without of document.querySelectorAll("[data-without-passkey]")) without.hidden = true;
}
