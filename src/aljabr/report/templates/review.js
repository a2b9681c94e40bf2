// Sends judgements and walks the list: nothing is worked out here, and nothing is kept in the browser but whether keys act.
"use strict";

const page = document.body.dataset;
const help = document.getElementById("help");
const reason = document.getElementById("reason");
const keys = document.getElementById("keys");
const failed = document.getElementById("failed");
const rtl = document.documentElement.dir === "rtl";
let sending = false;

async function send(path, body) {
  if (sending) return;
  sending = true;
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": page.csrf },
      body: JSON.stringify({ show: page.show, cluster: page.cluster, lang: page.lang, ...body }),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    location.assign(told.go);
  } catch (error) {
    failed.textContent = `${page.failed} ${error.message}`;
    failed.hidden = false;
    sending = false;
  }
}

function judge(verdict) {
  if (page.left) send("/judge", { left: page.left, right: page.right, verdict, reason: reason ? reason.value : "" });
}

function follow(id) {
  const link = document.getElementById(id);
  if (link) location.assign(link.href);
}

function ask() {
  if (help.open) help.close();
  else help.showModal();
}

const ACTS = {
  y: () => judge("positive"),
  n: () => judge("negative"),
  u: () => judge("unsure"),
  z: () => send("/undo", {}),
  j: () => follow("next"),
  k: () => follow("previous"),
  ArrowRight: () => follow(rtl ? "previous" : "next"),
  ArrowLeft: () => follow(rtl ? "next" : "previous"),
  r: () => reason && reason.focus(),
  "?": ask,
};

// The same keys on an Arabic or Kurdish keyboard, by their place.
const PLACES = { KeyY: "y", KeyN: "n", KeyU: "u", KeyZ: "z", KeyJ: "j", KeyK: "k", KeyR: "r" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.activeElement === reason) return reason.blur();
  if (event.target.closest("input, select, textarea") || (help.open && event.key !== "?") || !keys.checked) return;
  const act = ACTS[event.key] || (event.key.length === 1 && event.key > "\u007f" ? ACTS[PLACES[event.code]] : undefined);
  if (act) {
    event.preventDefault();
    act();
  }
});

for (const button of document.querySelectorAll("[data-verdict]")) button.addEventListener("click", () => judge(button.dataset.verdict));
for (const button of document.querySelectorAll("[data-withdraw]")) {
  button.addEventListener("click", () => send("/withdraw", { judgement: button.dataset.withdraw }));
}
document.getElementById("undo")?.addEventListener("click", () => send("/undo", {}));
document.getElementById("ask")?.addEventListener("click", ask);
document.querySelector("form.judge")?.addEventListener("submit", (event) => event.preventDefault());
keys.checked = sessionStorage.getItem("keys") !== "off";
keys.addEventListener("change", () => sessionStorage.setItem("keys", keys.checked ? "on" : "off"));
