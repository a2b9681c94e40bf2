// Makes or uses a key (WebAuthn) for the element that names where to begin and finish; nothing else of the registry needs scripts.
"use strict";
for (const place of document.querySelectorAll("[data-key-begin]")) {
  const said = place.querySelector("[role=status]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const send = async (address, body) => {
    const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  place.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      const { publicKey } = await send(place.dataset.keyBegin, {});
      const made = place.dataset.keyMode === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      const done = await send(place.dataset.keyFinish, made.toJSON());
      if (done.next) location.assign(done.next);
      else if (done.recovery_codes && done.recovery_codes.length) said.textContent = done.recovery_codes.join("  ");
      else location.reload();
    } catch (error) {
      said.textContent = "✗ " + error.message;
    }
  });
}
