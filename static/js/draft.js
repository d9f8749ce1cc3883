// Nothing typed is lost. <form data-draft="/claims/12/draft/" data-draft-key="claim:12">: saved 2 s after the last key and at
// least every 10 s; a second copy in this browser until the server has the same text. Says how it went in [data-draft-status].
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const status = document.querySelector("[data-draft-status]");
  const key = `draft:${document.body.dataset.user}:${form.dataset.draftKey || form.dataset.draft}`;
  const skip = ["csrfmiddlewaretoken", "version", "base_version", "next"];
  const texts = () => [...new FormData(form)].filter(([name, value]) => !skip.includes(name) && typeof value === "string");
  const now = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const say = (text) => status && (status.textContent = text);
  let last = JSON.stringify(texts()), soon, latest = 0, sending = false, done = false;

  const put = (pairs) => {
    for (const el of form.elements) {
      const values = pairs.filter(([name]) => name === el.name).map(([, value]) => value);
      if (el.type === "radio" || el.type === "checkbox") el.checked = values.includes(el.value);
      else if (values.length && !skip.includes(el.name) && el.type !== "hidden") el.value = values[0];
      else continue;
      el.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const keepHere = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: now(), pairs: texts() }));
    } catch {} // private mode or full: the server's copy remains
  };

  const save = async (leaving) => {
    clearTimeout(soon);
    soon = 0;
    const body = JSON.stringify(texts());
    if (done || body === last || (sending && !leaving)) return;
    sending = true;
    latest = Date.now();
    say("Saving…");
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        keepalive: leaving,
        redirect: "manual",
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, "X-Requested-With": "draft" },
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
      });
      if (answer.ok) {
        last = body;
        const { saved } = answer.status === 200 ? await answer.json() : {};
        say(`Draft saved ${saved || now()}`);
        if (body === JSON.stringify(texts())) localStorage.removeItem(key);
        document.body.dispatchEvent(new CustomEvent("draft:saved"));
      } else if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect") {
        say("Not saved: you are not signed in as before. Your text is kept on this computer.");
        window.deskSay("You are not signed in as before. Sign in in a new tab, then press Try again.", () => save());
      } else if (answer.status === 409) say("Someone else changed this claim. Your text is kept.");
      else if (answer.status === 422) say("Not saved: the draft is too long. Your text is kept on this computer.");
      else say("Not saved: the desk does not answer as it should. Your text is kept on this computer.");
    } catch {
      say("Not saved: no connection. Your text is kept on this computer.");
    } finally {
      sending = false;
      if (!leaving && JSON.stringify(texts()) !== last) soon ||= setTimeout(save, 5000);
    }
  };

  form.addEventListener("input", () => {
    keepHere();
    clearTimeout(soon);
    if (Date.now() - latest > 10000 && latest) save();
    else soon = setTimeout(save, 2000);
    latest ||= Date.now();
  });
  form.addEventListener("change", () => save());
  form.addEventListener("focusout", () => save());
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  addEventListener("pagehide", () => save(true));
  addEventListener("online", () => save());
  form.addEventListener("submit", keepHere); // the copy goes when the server shows that it has the text

  // A newer text in this browser wins, and says so
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(key));
  } catch {}
  if (kept && JSON.stringify(kept.pairs) !== last) {
    const saved = texts();
    put(kept.pairs);
    say(`We brought back text from this computer (${kept.at}). `);
    const undo = document.createElement("button");
    Object.assign(undo, { type: "button", className: "btn link", textContent: "Use the saved draft instead" });
    undo.onclick = () => {
      put(saved);
      localStorage.removeItem(key);
      say("");
    };
    status?.append(undo);
    soon = setTimeout(save, 2000);
  } else if (kept) localStorage.removeItem(key);
})();
